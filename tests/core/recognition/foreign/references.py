"""The foreign networks once more, each as a plain chain of torch's layers with the original's names.

Narrower than the originals where the importer reads the width from the tensors, so that tests are quick.
``tests/benchmarks/foreign_parity.py`` compares with the originals themselves.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

Step = tuple[str, nn.Module] | Callable[[Tensor], Tensor]


class Chain:
    """Layers in running order; those with a name stand under it in the state dict."""

    def __init__(self, *steps: Step) -> None:
        self.steps = steps
        for name, layer in self.named:
            layer.eval()
            if isinstance(layer, nn.Conv2d | nn.Linear):  # torch's own start lets the image fade on its way
                nn.init.kaiming_normal_(layer.weight)
            if isinstance(layer, nn.BatchNorm2d):
                nn.init.normal_(layer.running_mean, std=0.1)
                nn.init.uniform_(layer.running_var, 0.5, 1.5)
                nn.init.uniform_(layer.weight, 0.5, 1.5)
                nn.init.normal_(layer.bias, std=0.1)
            assert name

    @property
    def named(self) -> list[tuple[str, nn.Module]]:
        return [step for step in self.steps if isinstance(step, tuple)]

    def state(self, prefix: str = "") -> dict[str, Tensor]:
        return {
            f"{prefix}{name}.{key}": tensor.clone()
            for name, layer in self.named
            for key, tensor in layer.state_dict().items()
        }

    @torch.inference_mode()
    def __call__(self, x: Tensor) -> Tensor:
        """Images (N, channels, H, W) to logits (N, T, C)."""
        for step in self.steps:
            x = step[1](x) if isinstance(step, tuple) else step(x)
            x = x[0] if isinstance(x, tuple) else x  # an LSTM tells its state too
        return x


def conv(name: str, ins: int, outs: int, kernel: int | tuple[int, int] = 3, **facts: object) -> Step:
    return name, nn.Conv2d(ins, outs, kernel, **{"padding": 1, **facts})


def norm(name: str, channels: int) -> Step:
    return name, nn.BatchNorm2d(channels)


def lstm(name: str, ins: int, hidden: int, layers: int = 1) -> Step:
    return name, nn.LSTM(ins, hidden, layers, bidirectional=True, batch_first=True)


def linear(name: str, ins: int, outs: int, *, bias: bool = True) -> Step:
    return name, nn.Linear(ins, outs, bias=bias)


def relu(x: Tensor) -> Tensor:
    return functional.relu(x)


def pool(kernel: int | tuple[int, int], stride=None, padding=0) -> Step:
    return lambda x: functional.max_pool2d(x, kernel, stride, padding)


def only_row(x: Tensor) -> Tensor:
    assert x.shape[2] == 1
    return x[:, :, 0].transpose(1, 2)


def mean_row(x: Tensor) -> Tensor:
    return x.mean(dim=2).transpose(1, 2)


def rows_of_channels(x: Tensor) -> Tensor:
    n, c, h, t = x.shape
    return x.permute(0, 3, 1, 2).reshape(n, t, c * h)


def channels_of_rows(x: Tensor) -> Tensor:
    n, c, h, t = x.shape
    return x.permute(0, 3, 2, 1).reshape(n, t, h * c)


def modelscope(classes: int) -> Chain:
    return Chain(
        *(conv("conv0.0", 1, 8), norm("conv0.1", 8), relu, pool(2)),
        *(conv("conv1.0", 8, 12), norm("conv1.1", 12), relu, pool(2)),
        *(conv("conv2.0", 12, 16), norm("conv2.1", 16), relu),
        *(conv("conv2.3", 16, 16), norm("conv2.4", 16), relu, pool((2, 1))),
        *(conv("conv3.0", 16, 20), norm("conv3.1", 20), relu),
        *(conv("conv3.3", 20, 20), norm("conv3.4", 20), relu, pool((2, 1))),
        *(conv("conv4.0", 20, 20, (2, 1), stride=(2, 1), padding=0), norm("conv4.1", 20), relu, only_row),
        *(lstm("rnn.0.rnn", 20, 10), linear("rnn.0.embedding", 20, 12)),
        *(lstm("rnn.1.rnn", 12, 10), linear("rnn.1.embedding", 20, 24)),
        linear("cls", 24, classes, bias=False),
    )


def crnn_pytorch(classes: int) -> Chain:
    sliding = pool(2, (2, 1), (0, 1))
    return Chain(
        *(conv("cnn.conv0", 1, 8), relu, pool(2)),
        *(conv("cnn.conv1", 8, 12), relu, pool(2)),
        *(conv("cnn.conv2", 12, 16), norm("cnn.batchnorm2", 16), relu),
        *(conv("cnn.conv3", 16, 16), relu, sliding),
        *(conv("cnn.conv4", 16, 20), norm("cnn.batchnorm4", 20), relu),
        *(conv("cnn.conv5", 20, 20), relu, sliding),
        *(conv("cnn.conv6", 20, 20, 2, padding=0), norm("cnn.batchnorm6", 20), relu, only_row),
        *(lstm("rnn.0.rnn", 20, 10), linear("rnn.0.embedding", 20, 10)),
        *(lstm("rnn.1.rnn", 10, 10), linear("rnn.1.embedding", 20, classes)),
    )


def vgg_bilstm(classes: int, width: int) -> Chain:
    a, b, c, d = width // 8, width // 4, width // 2, width
    net = "FeatureExtraction.ConvNet"
    return Chain(
        *(conv(f"{net}.0", 1, a), relu, pool(2), conv(f"{net}.3", a, b), relu, pool(2)),
        *(conv(f"{net}.6", b, c), relu, conv(f"{net}.8", c, c), relu, pool((2, 1))),
        *(conv(f"{net}.11", c, d, bias=False), norm(f"{net}.12", d), relu),
        *(conv(f"{net}.14", d, d, bias=False), norm(f"{net}.15", d), relu, pool((2, 1))),
        *(conv(f"{net}.18", d, d, 2, padding=0), relu, mean_row),
        *(lstm("SequenceModeling.0.rnn", d, 10), linear("SequenceModeling.0.linear", 20, 12)),
        *(lstm("SequenceModeling.1.rnn", 12, 10), linear("SequenceModeling.1.linear", 20, 12)),
        linear("Prediction", 12, classes),
    )


def doctr(classes: int) -> Chain:
    steps: list[Step] = []
    ins, place = 3, 0
    for outs, count, window in ((8, 2, 2), (8, 2, 2), (12, 3, (2, 1)), (16, 3, (2, 1)), (16, 3, (2, 1))):
        for _ in range(count):
            name = "feat_extractor"
            steps += [conv(f"{name}.{place}", ins, outs), norm(f"{name}.{place + 1}", outs), relu]
            ins, place = outs, place + 3
        steps.append(pool(window))
        place += 1
    return Chain(*steps, rows_of_channels, lstm("decoder", ins, 10, layers=2), linear("linear", 20, classes))


PYLAIA = {
    "num_input_channels": 1,
    "vertical_text": False,
    "cnn_num_features": [8, 8, 12],
    "cnn_kernel_size": [[3, 3], [3, 5], [3, 3]],
    "cnn_stride": [[1, 1], [1, 1], [1, 1]],
    "cnn_dilation": [[1, 1], [1, 1], [1, 2]],
    "cnn_activation": [nn.LeakyReLU, nn.ReLU, nn.Tanh],
    "cnn_poolsize": [[2, 2], [2, 2], [0, 0]],
    "cnn_dropout": [0.0, 0.2, 0.2],
    "cnn_batchnorm": [True, False, True],
    "image_sequencer": "none-16",
    "rnn_units": 10,
    "rnn_layers": 3,
    "rnn_type": nn.LSTM,
}


def pylaia(classes: int) -> Chain:
    return Chain(
        *(conv("conv.0.conv", 1, 8, bias=False), norm("conv.0.batchnorm", 8), nn.LeakyReLU(), pool(2)),
        *(conv("conv.1.conv", 8, 8, (3, 5), padding=(1, 2)), relu, pool(2)),
        conv("conv.2.conv", 8, 12, padding=(1, 2), dilation=(1, 2), bias=False),
        *(norm("conv.2.batchnorm", 12), torch.tanh, rows_of_channels),
        *(lstm("rnn", 12 * 16, 10, layers=3), linear("linear", 20, classes)),
    )


KRAKEN = (
    "[1,24,0,1 Cr{C_0}3,13,8 Do{Do_1}0.1,2 Mp{Mp_2}2,2 Clr{C_3}3,9,12 Mp{Mp_4}2,2 Ct{C_5}3,3,12,1,2 "
    "S{S_6}1(1x0)1,3 Lbx{L_7}10 Do{Do_8}0.1,2 Lbx{L_9}8 Do{Do_10} O{O_11}1c7]"
)


def kraken(prefix: str) -> Chain:
    def named(name: str) -> str:
        return f"{prefix}.nn.{name}"

    return Chain(
        *(conv(named("C_0.co"), 1, 8, (3, 13), padding=(1, 6)), relu, pool(2)),
        *(conv(named("C_3.co"), 8, 12, (3, 9), padding=(1, 4)), nn.LeakyReLU(), pool(2)),
        *(conv(named("C_5.co"), 12, 12, 3, stride=(1, 2)), torch.tanh, channels_of_rows),
        *(lstm(named("L_7.layer"), 12 * 6, 10), lstm(named("L_9.layer"), 20, 8)),
        linear(named("O_11.lin"), 16, 7),
    )
