"""Building XML that PAGE and ALTO readers accept."""

from collections.abc import Mapping

from lxml import etree


def new_root(name: str, namespace: str) -> etree._Element:
    """A root element in a default namespace."""
    namespaces: dict[str | None, str] = {None: namespace}
    return etree.Element(f"{{{namespace}}}{name}", nsmap=namespaces)  # type: ignore[arg-type]


def add(
    parent: etree._Element, name: str, attributes: Mapping[str, str] | None = None, text: str | None = None
) -> etree._Element:
    """Append a child in the parent's namespace; characters that XML forbids are left out."""
    child = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    for key, value in (attributes or {}).items():
        child.set(key, without_control_characters(value))
    if text is not None:
        child.text = without_control_characters(text)
    return child


def serialised(root: etree._Element) -> bytes:
    """UTF-8 with declaration, indented."""
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def without_control_characters(text: str) -> str:
    """Text that XML 1.0 may hold; a stray control character must not stop an export."""
    return "".join(
        char
        for char in text
        if char in "\t\n\r" or 0x20 <= ord(char) <= 0xD7FF or 0xE000 <= ord(char) not in (0xFFFE, 0xFFFF)
    )
