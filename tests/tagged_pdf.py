"""The text of a tagged PDF as a screen reader walks it: by structure, artifacts left out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

import pikepdf


@dataclass
class Node:
    """An element of the structure tree: its role, its attributes, its own text and children."""

    role: str
    alternative: str = ""
    scope: str = ""
    parts: list[Node | str] = field(default_factory=list)

    def text(self) -> str:
        """All text below, in order."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)

    def walk(self):
        """This element and all below, in order."""
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.walk()

    def all(self, role: str) -> list[Node]:
        """The elements of that role, in order."""
        return [node for node in self.walk() if node.role == role]


def structure(pdf: pikepdf.Pdf) -> Node:
    """The structure tree with the text of each element."""
    texts = {page.objgen: _marked_text(page) for page in pdf.pages}
    root = Node("Root")
    _add(root, pdf.Root.StructTreeRoot.K, None, texts)
    return root


def _add(node: Node, kids, page, texts) -> None:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            node.parts.append(texts[page][int(kid)])
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            node.parts.append(texts[kid.get("/Pg").objgen][int(kid.MCID)])
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            child = Node(str(kid.S)[1:], str(kid.get("/Alt", "")), _scope(kid))
            node.parts.append(child)
            own_page = kid.get("/Pg")
            if "/K" in kid:
                _add(child, kid.K, own_page.objgen if own_page is not None else page, texts)


def _scope(element) -> str:
    attributes = element.get("/A", pikepdf.Array())
    if isinstance(attributes, pikepdf.Dictionary):
        attributes = [attributes]
    return "".join(str(owner.get("/Scope", ""))[1:] for owner in attributes)


def _marked_text(page) -> dict[int, str]:
    """Marked-content id -> text, of one page."""
    found: dict[int, str] = defaultdict(str)
    fonts = {name: _to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    marks: list[int | None] = []
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BMC":
                marks.append(None)
            case "BDC":
                properties = operands[1]
                is_marked = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                marks.append(int(properties.MCID) if is_marked else None)
            case "EMC":
                marks.pop()
            case "Tf":
                current = fonts[str(operands[0])]
            case "Tj" | "TJ":
                identifiers = [mark for mark in marks if mark is not None]
                pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
                if identifiers:
                    found[identifiers[-1]] += "".join(
                        _decoded(bytes(piece), current)
                        for piece in pieces
                        if isinstance(piece, pikepdf.String)
                    )
    return found


def _decoded(codes: bytes, table: dict[int, str]) -> str:
    return "".join(
        table.get(int.from_bytes(codes[at : at + 2], "big"), "\ufffd")
        for at in range(0, len(codes), 2)
    )


def _to_unicode(font) -> dict[int, str]:
    source = font.ToUnicode.read_bytes().decode("latin-1")
    table: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for low, high, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(text), "big")
            for step in range(int(high, 16) - int(low, 16) + 1):
                table[int(low, 16) + step] = chr(start + step)
    return table
