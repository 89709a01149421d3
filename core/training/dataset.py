"""The lines of a run, cropped and encoded, and the order in which they are learned."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor

from core.document import LineImage
from core.errors import KnownError
from core.imaging.augment import augment
from core.imaging.line_crops import line_crops
from core.imaging.normalize import Crop, Normalization
from core.jobs import CancelToken
from core.recognition.architectures import Architecture
from core.recognition.batching import batches_by_width, to_input
from core.recognition.codec import Codec
from core.recognition.ctc import min_frames
from core.training.config import FineTuneConfig
from core.training.events import RejectedLine
from core.training.run_folder import SnapshotLine
from core.training.team import Team
from core.wording import Sentence, say

CROPS_IN_MEMORY = 400 * 2**20
"""Bytes of crops kept as they are, some 4,000 book lines; further ones are packed without loss."""

LEAST_SHARE = 0.5
"""Width of the narrowest line of a batch, as a share of the widest.

Squeeze-and-excitation takes the mean over the padding too, so a few letters in a wide batch are not what is
read later: without this limit the loss of such lines rose to 20 a character in the middle of a training
(docs/MEASUREMENTS.md).
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A line ready to be read; ``image`` is its crop or, where memory is short, that as PNG."""

    line_id: int
    image: Crop | bytes
    text: str

    @property
    def crop(self) -> Crop:
        """(H, W, 3), BGR, at model height."""
        return unpacked(self.image) if isinstance(self.image, bytes) else self.image


def packed(crop: Crop) -> bytes:
    """A crop as PNG of the quickest kind (a millisecond a line)."""
    _, data = cv2.imencode(".png", crop, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return data.tobytes()


def unpacked(data: bytes) -> Crop:
    """The inverse of ``packed``."""
    crop = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(crop, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class EncodedSample:
    """A line ready to be learned; without classes it can only be read."""

    sample: Sample
    classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines that go through the network together.

    ``images`` (N, channels, H, W); ``frames`` (N,) true lengths; ``targets`` (sum of lengths,);
    ``lengths`` (N,).
    """

    images: Tensor
    frames: Tensor
    targets: Tensor
    lengths: Tensor


def load_samples(
    lines: Sequence[SnapshotLine], normalization: Normalization, height: int, cancel: CancelToken
) -> tuple[list[Sample], list[RejectedLine]]:
    """Crop lines, each scan decoded once; lines of scans that cannot be read are rejected.

    Raises:
        Cancelled: On request.
    """
    texts = {line.image.line_id: line.text for line in lines}
    samples: list[Sample] = []
    rejected: list[RejectedLine] = []
    held = 0

    def reject(line: LineImage, error: KnownError) -> None:
        rejected.append(RejectedLine(line.line_id, Sentence.of(error)))

    for image, page_crop in line_crops((line.image for line in lines), reject):
        cancel.raise_if_cancelled()
        crop = normalization.apply(page_crop, height)
        held += crop.nbytes
        kept = crop if held <= CROPS_IN_MEMORY else packed(crop)
        samples.append(Sample(image.line_id, kept, texts[image.line_id]))
    return samples, rejected


def encode_samples(
    samples: Iterable[Sample], codec: Codec, architecture: Architecture
) -> tuple[list[EncodedSample], list[RejectedLine]]:
    """Encode texts. What the network cannot learn is rejected and named, not hidden by ``zero_infinity``."""
    encoded, rejected = [], []
    for sample in samples:
        result = codec.encode(sample.text)
        frames = architecture.frames(sample.crop.shape[1])
        needed = min_frames(result.classes)
        if not sample.text:
            reason = say("it has no text")
        elif result.unknown:
            reason = say("the charset lacks {characters}", characters=" ".join(result.unknown))
        elif frames < needed:
            reason = say(
                "it is too short for its text: {frames} frames, {needed} needed", frames=frames, needed=needed
            )
        else:
            encoded.append(EncodedSample(sample, result.classes))
            continue
        rejected.append(RejectedLine(sample.line_id, reason))
    return encoded, rejected


def step_samples(samples: Sequence[EncodedSample], config: FineTuneConfig, step: int) -> list[EncodedSample]:
    """The lines of one step (0-based): every epoch is another permutation, a function of seed and epoch.

    So a resumed run sees what an uninterrupted one would have seen, without any stored state.
    """
    per_epoch = config.steps_per_epoch(len(samples))
    epoch, place = divmod(step, per_epoch)
    order = np.random.default_rng([config.seed, epoch]).permutation(len(samples))
    chosen = order[place * config.batch_size : (place + 1) * config.batch_size]
    return [samples[index] for index in chosen]


def augmented(
    samples: Sequence[EncodedSample], config: FineTuneConfig, step: int, team: Team
) -> list[EncodedSample]:
    """Disturbed copies of this process's part of a step's lines.

    Chance hangs on seed, step and place in the step, so several processes see what one would.
    """
    return [
        EncodedSample(
            Sample(
                each.sample.line_id,
                augment(
                    each.sample.crop,
                    np.random.default_rng([config.seed, 1, step, place]),
                    config.augment,
                    config.augment_strength,
                ),
                each.sample.text,
            ),
            each.classes,
        )
        for place, each in team.part(list(enumerate(samples)))
    ]


def batches(
    samples: Sequence[EncodedSample], architecture: Architecture, budget: int, *, at_once: int = 1
) -> Iterator[Batch]:
    """Cut lines into even batches of similar width.

    The padded widths of those that are computed ``at_once`` add up to at most ``budget`` px.
    """
    widths = [each.sample.crop.shape[1] for each in samples]
    for places in _even(widths, budget // at_once, at_once, architecture.input.canvas):
        chosen = [samples[place] for place in places]
        yield Batch(
            images=to_input([each.sample.crop for each in chosen], architecture),
            frames=torch.tensor([architecture.frames(each.sample.crop.shape[1]) for each in chosen]),
            targets=torch.tensor([number for each in chosen for number in each.classes]),
            lengths=torch.tensor([len(each.classes) for each in chosen]),
        )


def _even(widths: Sequence[int], budget: int, divisor: int, canvas: Callable[[int], int]) -> list[list[int]]:
    """Indices of ``widths`` in as few batches as the budget of each allows and ``divisor`` divides.

    Then the budget falls as far as their number allows, so that none has much less to do than another.
    """

    def cut(size: int) -> list[list[int]]:
        return list(batches_by_width(widths, size, least_share=LEAST_SHARE, canvas=canvas))

    wanted = -(-len(cut(budget)) // divisor) * divisor
    return cut(bisect_left(range(budget), True, key=lambda size: len(cut(size)) <= wanted))
