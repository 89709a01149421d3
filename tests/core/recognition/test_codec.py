from core.recognition.charset import Charset
from core.recognition.codec import Codec


def test_a_decomposed_text_is_encoded_as_a_composed_one():
    codec = Codec(Charset(("a", "é")))
    assert codec.encode("ae\u0301").classes == codec.encode("aé").classes == (1, 2)


def test_a_base_and_its_mark_are_read_as_one_character():
    assert Codec(Charset(("e", "\u0301"))).decode((1, 2)) == "é"


def test_each_unknown_character_is_named_once_and_none_is_guessed():
    encoded = Codec(Charset(("a",))).encode("xaxy")
    assert (encoded.classes, encoded.unknown) == ((1,), ("x", "y"))


def test_a_text_comes_back():
    codec = Codec(Charset(("ſ", "e", "r")))
    assert codec.decode(codec.encode("ſerre").classes) == "ſerre"
