"""YAML whose every value knows its line, so that a fault can name it."""

from collections.abc import Hashable
from typing import Any

import yaml

MAX_BYTES = 512 * 1024

Path_ = tuple[str | int, ...]


class YamlFault(ValueError):
    """The text is not the YAML we take; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Marked:
    """A parsed YAML document: `data`, and the line of any path into it."""

    def __init__(self, content: bytes) -> None:
        """Parse one document. Raises YamlFault."""
        if len(content) > MAX_BYTES:
            raise YamlFault(f"the file is larger than {MAX_BYTES // 1024} KB", 1)
        try:
            self._root, self.data = _read(content)
        except yaml.MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            raise YamlFault(_said(fault), mark.line + 1 if mark else 1) from None
        except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as fault:
            raise YamlFault(f"not valid YAML: {str(fault).splitlines()[0]}", 1) from None

    def line(self, path: Path_) -> int:
        """The line (from 1) of the value at `path`, or of the nearest parent that is there."""
        node = self._root
        for part in path:
            found = _child(node, part)
            # Validators put names of their own into a path (the kind of a union): pass over them.
            node = node if found is None else found
        return int(node.start_mark.line) + 1


class _Loader(yaml.SafeLoader):
    """Refuses what would surprise: aliases (they can explode) and keys given twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not taken here", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                message = f"`{key.value}` is given twice"
                raise yaml.constructor.ConstructorError(None, None, message, key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


def _read(content: bytes) -> tuple[yaml.Node, Any]:
    loader = _Loader(content.decode("utf-8-sig"))
    try:
        node = loader.get_single_node()
        if node is None:
            raise YamlFault("the file is empty", 1)
        return node, loader.construct_document(node)
    finally:
        loader.dispose()


def _said(fault: yaml.MarkedYAMLError) -> str:
    return ", ".join(part for part in (fault.context, fault.problem) if part) or "not valid YAML"


def _child(node: yaml.Node, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        child: yaml.Node = node.value[part]
        return child
    return None
