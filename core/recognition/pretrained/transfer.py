"""Copying weights from an ONNX graph into layers that are declared in the graph's running order.

Layers are matched by position; ``copy_`` and ``strict`` fail on any difference in number or shape.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from core.recognition.pretrained.onnx_graph import Graph, Node

BiasName = Callable[[Node], str]


def tensor(graph: Graph, name: str) -> Tensor:
    """A weight of the graph; a copy, because torch wants memory it may write to."""
    return torch.from_numpy(np.array(graph.weights[name]))


def copy_convolutions(graph: Graph, network: nn.Module, bias_of: BiasName) -> None:
    """Kernels are the second input of a Conv node; ``bias_of`` names the bias that belongs to a node."""
    layers = (module for module in network.modules() if isinstance(module, nn.Conv2d))
    nodes = (node for node in graph.nodes if node.operator == "Conv")
    for layer, node in zip(layers, nodes, strict=True):
        layer.weight.copy_(tensor(graph, node.inputs[1]))
        if layer.bias is not None:
            layer.bias.copy_(tensor(graph, bias_of(node)).flatten())


def copy_batch_norms(graph: Graph, network: nn.Module) -> None:
    """ONNX orders a BatchNormalization's inputs: data, scale, shift, mean, variance."""
    layers = (module for module in network.modules() if isinstance(module, nn.BatchNorm2d))
    nodes = (node for node in graph.nodes if node.operator == "BatchNormalization")
    for layer, node in zip(layers, nodes, strict=True):
        for ours, theirs in zip(
            ("weight", "bias", "running_mean", "running_var"), node.inputs[1:], strict=True
        ):
            target: Tensor = getattr(layer, ours)
            target.copy_(tensor(graph, theirs))


def copy_linear(graph: Graph, layer: nn.Linear, weight: str, bias: str) -> None:
    """Paddle stores a linear layer's matrix as (in, out), torch as (out, in)."""
    layer.weight.copy_(tensor(graph, weight).T)
    layer.bias.copy_(tensor(graph, bias))
