"""Which packages a student may import, and what is never shown."""

from pathlib import Path

from workers.sandbox import launch, packages


def test_torch_comes_with_what_it_needs_and_nothing_of_the_service():
    names = {path.name for path in packages.for_students()}
    assert {"torch", "numpy", "sympy", "typing_extensions.py"} <= names
    assert not names & {
        "rubrics",
        "grader",
        "workers",
        "xgrad",
        "flask",
        "celery",
        "pydantic",
        "pip",
    }


def test_an_unknown_package_is_passed_over():
    assert packages.closure(["no-such-package-anywhere"]) == {}


def test_the_message_to_students_lists_installed_names_only():
    assert "torch" in packages.importable()
    assert all(name in ("sklearn", *packages.FOR_STUDENTS) for name in packages.importable())


def test_a_student_sees_neither_the_code_folder_nor_all_of_site_packages():
    order = launch.student_order(("torch",), {})
    seen = (*order.binds, *order.entries)
    assert launch._code_folder() not in seen
    assert not any(path.endswith(("site-packages", "dist-packages")) for path in seen)
    assert not any(Path(path, "rubrics").exists() for path in order.entries)
    assert any(path.endswith("site-packages") for path in order.hidden)


def test_no_layer_is_left_out_by_the_orders_the_service_gives():
    assert launch.student_order((), {}).without == ()
    assert launch.judge_order({}, 1).without == ()
