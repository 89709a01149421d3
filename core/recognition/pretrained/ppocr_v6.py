"""Takes the weights of ``PP-OCRv6_rec_small.onnx`` over into our module."""

import torch
from torch import nn

from core.recognition.architectures import PPOCR_V6
from core.recognition.architectures.ppocr_v6 import PpocrV6
from core.recognition.card import ModelCard
from core.recognition.charset import Charset
from core.recognition.checkpoint import Checkpoint
from core.recognition.pretrained.onnx_graph import Graph
from core.recognition.pretrained.transfer import copy_batch_norms, copy_convolutions, copy_linear, tensor

SOURCE = "PP-OCRv6_rec_small.onnx from the Python package rapidocr 3.10.0 (PaddleOCR)"
LICENCE = "Apache-2.0"


def convert(graph: Graph) -> Checkpoint:
    """The checkpoint with the graph's weights and dictionary (blank first, space last)."""
    charset = Charset((*graph.metadata["character"].split("\n"), " "))
    network = PpocrV6(charset.classes)
    added = {node.inputs[0]: node.inputs[1] for node in graph.nodes if node.operator == "Add"}
    with torch.no_grad():
        copy_convolutions(graph, network, lambda node: added[node.outputs[0]])
        copy_batch_norms(graph, network)
        linears = (module for module in network.modules() if isinstance(module, nn.Linear))
        for number, layer in enumerate(linears):
            copy_linear(graph, layer, f"linear_{number}.w_0", f"linear_{number}.b_0")
        _copy_layer_norms(graph, network)
    card = ModelCard(PPOCR_V6.name, charset, source=SOURCE, licence=LICENCE)
    return Checkpoint(card, network.state_dict())


def _copy_layer_norms(graph: Graph, network: PpocrV6) -> None:
    """The exporter wrote LayerNorm as arithmetic; its factors are named by the helper that shaped them."""
    layers = (module for module in network.modules() if isinstance(module, nn.LayerNorm))
    for number, layer in enumerate(layers):
        layer.weight.copy_(tensor(graph, f"helper.reshape.{2 * number}"))
        layer.bias.copy_(tensor(graph, f"helper.reshape.{2 * number + 1}"))
