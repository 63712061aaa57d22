"""Files of the answer form: each is kept, whatever it is called."""

from io import BytesIO

from werkzeug.datastructures import FileStorage, MultiDict

from grader.bootstrap import Context
from grader.web.portal.answers import read
from grader.web.portal.earlier import Earlier
from rubrics.loader import LIBRARY, load

WORKING = load(LIBRARY / "numerics" / "stability").question("working")


def test_two_photos_of_one_name_are_two_pages(ctx: Context) -> None:
    photos = [FileStorage(BytesIO(one), filename="image.jpg") for one in (b"first", b"second")]
    files = MultiDict([("file.working.scan", photo) for photo in photos])
    answers, _ = read(ctx, [WORKING], MultiDict(), files, Earlier(), fetch=lambda *_: None)
    assert answers["working"].files == {"image.jpg": b"first", "2-image.jpg": b"second"}
