"""What does not fit is said in a sentence; nothing in a file is run."""

import json
import shutil
import sys
import types

import pytest
import safetensors.torch
import torch
from torch import nn

from core.errors import BadCheckpoint
from core.recognition.foreign.importing import import_foreign
from core.recognition.foreign.labels import read_vocab
from core.recognition.pretrained.base_files import rapidocr_model
from core.wording import Sentence
from tests.core.recognition.foreign import references
from tests.core.recognition.foreign.conftest import SIX


class Bomb:
    """A pickle that would run code."""

    def __reduce__(self):
        return print, ("boom",)


def refused(file, match, **facts):
    with pytest.raises(BadCheckpoint, match=match) as told:
        import_foreign(file, **facts)
    for part in ("what", "advice"):
        said = getattr(told.value.args[0], "values", {}).get(part)
        assert said is None or isinstance(said, Sentence), f"“{said}” stays English in every language"


@pytest.mark.parametrize(
    ("kind", "side"),
    [
        ("modelscope", "vocab.txt"),
        ("deep-text-recognition", "opt.txt"),
        ("easyocr", "old_print.yaml"),
        ("doctr", "config.json"),
        ("pylaia", "syms.txt"),
    ],
)
def test_missing_characters_are_asked_for(make, kind, side):
    made = make(kind)
    made.file.with_name(side).unlink()
    refused(made.file, "not known.*(--charset|--vocab)")


def test_characters_of_crnn_pytorch_must_be_given(make):
    refused(make("crnn-pytorch").file, "Give them in the order")


def test_wrong_number_of_characters_names_both_numbers(sample):
    refused(sample.file, "7 classes.*5 characters.*make 6", charset="abcde", kind=sample.kind)


def test_pickle_with_code_is_refused_and_not_run(tmp_path, capsys):
    torch.save({"state_dict": {"a": torch.zeros(1)}, "hook": Bomb()}, tmp_path / "m.pth")
    refused(tmp_path / "m.pth", "runs code when opened")
    torch.save(nn.Linear(2, 2), tmp_path / "whole.pth")
    refused(tmp_path / "whole.pth", r"state_dict\(\)")
    assert "boom" not in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 half a zip", b"\x80\x04junk"])
def test_file_that_is_no_model_is_refused(tmp_path, content):
    (tmp_path / "m.pth").write_bytes(content)
    refused(tmp_path / "m.pth", "cannot be imported")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        (
            "m.onnx",
            b"\x08\x07\x12\x07pytorch",
            "is an ONNX model.*weights that it was made from.*safetensors",
        ),
        ("m.ONNX", b"anything", "is an ONNX model"),
        ("letters.txt", "a\nſ\nꝑ\n".encode(), "is a text file.*Import the weights themselves.*safetensors"),
        ("long.txt", ("x" + "ſ" * 4096).encode(), "is a text file"),
        ("config.json", b'{"model": {}}', "is a text file"),
        ("m.pth", b"", "is empty"),
        ("scan.pth", b"\x89PNG\r\n\x1a\n\0\0", "neither a safetensors file nor one that torch.save wrote"),
    ],
)
def test_a_file_that_is_no_weights_is_called_what_it_is_and_not_a_pickle(tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    refused(tmp_path / name, what)
    with pytest.raises(BadCheckpoint) as told:
        import_foreign(tmp_path / name)
    assert "pickle" not in str(told.value)
    assert "torch.save(model" not in str(told.value)


def test_an_onnx_model_by_another_name_is_one_still(tmp_path):
    shutil.copy(rapidocr_model(), tmp_path / "m.bin")
    refused(tmp_path / "m.bin", "is an ONNX model")


def test_missing_file_is_told(tmp_path):
    refused(tmp_path / "gone.pth", "cannot be opened")


def test_damaged_safetensors_is_told(tmp_path):
    (tmp_path / "m.safetensors").write_bytes((40).to_bytes(8, "little") + b'{"a": 1}')
    refused(tmp_path / "m.safetensors", "damaged")


def test_file_without_weights_is_told(tmp_path):
    torch.save({"epoch": 3}, tmp_path / "m.pth")
    refused(tmp_path / "m.pth", "holds no weights")


def test_unknown_layers_are_named(tmp_path):
    torch.save({"encoder.0.weight": torch.zeros(1)}, tmp_path / "m.pth")
    refused(tmp_path / "m.pth", "encoder.0.weight.*modelscope, crnn-pytorch")


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        ("Transformation.x", "TPS"),
        ("Prediction.attention_cell.x", "attention"),
        ("FeatureExtraction.ConvNet.conv0_1.weight", "ResNet"),
        ("feat_extractor.0.0.weight", "docTR"),
        ("stem.enter.weight", "safetensors"),
    ],
)
def test_networks_that_are_often_tried_get_their_reason(tmp_path, layer, reason):
    torch.save({layer: torch.zeros(1), "other": torch.zeros(1)}, tmp_path / "m.pth")
    refused(tmp_path / "m.pth", reason)


def test_layer_too_many_and_layer_too_few(make):
    made = make("modelscope")
    state = torch.load(made.file, weights_only=True)
    torch.save({**state, "extra.weight": torch.zeros(1)}, made.file)
    refused(made.file, "extra.weight")
    del state["conv3.1.running_mean"]
    torch.save(state, made.file)
    refused(made.file, "“conv3.1.running_mean” is missing")


def test_gru_and_one_way_lstm_are_refused(make):
    made = make("doctr")
    state = made.reference.state()
    gru = nn.GRU(16, 10, 2, bidirectional=True).state_dict(prefix="decoder.")
    torch.save({**state, **gru}, made.file)
    refused(made.file, "no LSTM")
    torch.save({name: t for name, t in state.items() if "_reverse" not in name}, made.file)
    refused(made.file, "one direction")


def test_other_recogniser_of_modelscope_is_refused(make):
    made = make("modelscope")
    made.file.with_name("configuration.json").write_text(json.dumps({"model": {"recognizer": "ConvNextViT"}}))
    refused(made.file, "ConvNextViT")


def test_pylaia_without_its_model_file_is_refused(make):
    made = make("pylaia")
    made.file.with_name("model").unlink()
    refused(made.file, "“model” is not beside it")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"vertical_text": True}, "vertical"),
        ({"rnn_type": nn.GRU}, "no LSTMs"),
        ({"cnn_activation": [nn.PReLU] * 3}, "PReLU"),
        ({"image_sequencer": "avgpool-7", "cnn_poolsize": [[90, 2]] * 3}, "avgpool-7"),
    ],
)
def test_pylaia_that_is_not_covered_is_refused(make, change, reason):
    made = make("pylaia")
    arguments = {"name": "LaiaCRNN", "kwargs": {**references.PYLAIA, **change}}
    torch.save(arguments, made.file.with_name("model"))
    refused(made.file, reason)


def test_objects_of_the_training_program_beside_the_weights_are_passed_over(make, monkeypatch):
    made = make("pylaia")
    callback = type("Callback", (dict,), {"__module__": "laia", "__qualname__": "Callback"})
    with monkeypatch.context() as context:
        context.setitem(sys.modules, "laia", types.ModuleType("laia"))
        sys.modules["laia"].Callback = callback
        content = {"state_dict": made.reference.state("model."), "callbacks": {callback: callback(best=1)}}
        torch.save(content, made.file)
    assert import_foreign(made.file).card.charset.classes == 7


def kraken_with(made, **changes):
    prefix = made.reference.named[0][0].split(".")[0]
    facts = {"_model": "TorchVGSLModel", "_tasks": ["recognition"], "vgsl": references.KRAKEN}
    codec = {char: [number] for number, char in enumerate(SIX, start=1)}
    metadata = {prefix: {**facts, "codec": json.dumps(codec), **changes}}
    safetensors.torch.save_file(made.reference.state(), made.file, {"kraken_meta": json.dumps(metadata)})


@pytest.mark.parametrize(
    "layer", ["Gn{G}32", "Lfx{L}10", "Lbys{L}10", "Gbx{G}10", "Cs{C}3,3,8", "(Cr3,3,8 I)", "Lbxc{L}9"]
)
def test_layer_that_kraken_has_and_we_do_not_is_named(make, layer):
    made = make("kraken")
    kraken_with(made, vgsl=references.KRAKEN.replace("Do{Do_8}0.1,2", layer))
    refused(made.file, f"layer “{layer[:4]}".replace("(", r"\("))


def test_convolution_after_the_rows_were_joined_is_refused(make):
    made = make("kraken")
    kraken_with(made, vgsl=references.KRAKEN.replace("Do{Do_8}0.1,2", "Cr{C_5}3,3,12"))
    refused(made.file, "“Cr{C_5}3,3,12” at a place")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"_tasks": ["segmentation"]}, "0 recognition models"),
        ({"codec": json.dumps({"a": [1, 2]})}, "1 character with several classes"),
        ({"codec": None}, "no codec"),
        ({"vgsl": references.KRAKEN.replace("1,24,0,1", "1,0,0,1")}, "fixed height"),
    ],
)
def test_kraken_files_that_do_not_fit_are_refused(make, changes, reason):
    made = make("kraken")
    kraken_with(made, **changes)
    refused(made.file, reason)


def test_a_byte_order_mark_is_no_part_of_the_first_character(tmp_path):
    (tmp_path / "vocab.txt").write_bytes("\ufeffa\r\nb\r\n".encode())
    assert read_vocab(tmp_path / "vocab.txt") == ["a", "b"]


def test_vocabulary_keeps_empty_lines_and_odd_separators(tmp_path):
    (tmp_path / "vocab.txt").write_bytes("a\n\n\u2028\n\x85\n \nb\n".encode())
    assert read_vocab(tmp_path / "vocab.txt") == ["a", "", "\u2028", "\x85", " ", "b"]
    (tmp_path / "line.txt").write_text("abc\n")
    assert read_vocab(tmp_path / "line.txt") == ["a", "b", "c"]


def test_classes_that_write_no_single_character_are_left_out(make):
    made = make("modelscope")
    made.file.with_name("vocab.txt").write_text("a\n\nff\nb\na\nc\n")
    checkpoint = import_foreign(made.file)
    assert checkpoint.card.charset.characters == ("b", "a", "c")
    assert checkpoint.card.config["imported"]["dropped"] == ["a", "", "ff"]
    assert "3 classes" in checkpoint.card.source
    head = made.reference.state()["cls.weight"]
    assert torch.equal(checkpoint.weights["head.weight"], head[[0, 4, 5, 6]])


def test_nothing_to_write_is_refused(make):
    made = make("modelscope")
    made.file.with_name("vocab.txt").write_text("aa\nbb\ncc\ndd\nee\nff\n")
    refused(made.file, "none of the characters .* is a single one.*Give the characters")


@pytest.mark.parametrize(
    ("kind", "side", "content"),
    [
        ("modelscope", "configuration.json", "[1]"),
        ("modelscope", "configuration.json", "{"),
        ("modelscope", "vocab.txt", b"\xff\xfe"),
        ("deep-text-recognition", "opt.txt", "imgH: tall\ncharacter: abcdef"),
        ("easyocr", "old_print.yaml", "- a\n- b"),
        ("easyocr", "old_print.yaml", "a: [1"),
        ("doctr", "config.json", '{"vocab": "abcdef", "input_shape": 3}'),
        ("doctr", "config.json", '{"vocab": "abcdef", "std": [0, 1, 1]}'),
        ("pylaia", "syms.txt", "a b c"),
        ("pylaia", "model", b"PK"),
    ],
)
def test_side_file_that_makes_no_sense_is_told(make, kind, side, content):
    made = make(kind)
    made.file.with_name(side).write_bytes(content if isinstance(content, bytes) else content.encode())
    refused(made.file, "cannot be imported|cannot be read|no table")


@pytest.mark.parametrize("metadata", ["{", "[]", '{"a": 3}', '{"a": {"_model": "TorchVGSLModel"}}'])
def test_kraken_metadata_that_makes_no_sense_is_told(make, metadata):
    made = make("kraken")
    safetensors.torch.save_file(made.reference.state(), made.file, {"kraken_meta": metadata})
    refused(made.file, "cannot be imported")


def test_layers_of_sizes_that_do_not_fit_are_told(make):
    made = make("modelscope")
    state = torch.load(made.file, weights_only=True)
    state["conv1.0.weight"] = torch.zeros(12, 9, 3, 3)
    torch.save(state, made.file)
    refused(made.file, "do not fit one another")


def test_older_files_of_kraken_are_told_how_to_become_newer_ones(tmp_path):
    (tmp_path / "m.mlmodel").write_bytes(b"\x08\x04")
    refused(tmp_path / "m.mlmodel", "ketos convert")


@pytest.mark.parametrize("prefix", ["_orig_mod.", "module._orig_mod.", "model.module."])
def test_names_as_compiled_and_parallel_networks_have_them_are_taken(make, prefix):
    made = make("crnn-pytorch")
    torch.save(made.reference.state(prefix), made.file)
    assert len(import_foreign(made.file, **made.facts).card.charset) == 6


def test_weights_under_an_unknown_name_are_found_if_nothing_else_could_be_meant(make):
    made = make("crnn-pytorch")
    state = made.reference.state()
    optimiser = {"state": {0: {"exp_avg": torch.zeros(2)}}, "param_groups": [{"lr": 0.1}]}
    torch.save({"epoch": 3, "network": state, "optimizer": optimiser}, made.file)
    assert len(import_foreign(made.file, **made.facts).card.charset) == 6
    torch.save({"generator": state, "discriminator": {"a": torch.zeros(1)}}, made.file)
    refused(made.file, "holds no weights", **made.facts)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda weight: weight.to_sparse(), "conv0.weight” is quantised, sparse or of whole numbers"),
        (lambda weight: weight.to(torch.int8), "conv0.weight” is quantised, sparse or of whole numbers"),
        (lambda weight: weight * torch.nan, "conv0.weight” holds values that are no numbers"),
    ],
)
def test_weights_that_cannot_be_reckoned_with_are_refused(make, change, reason):
    made = make("crnn-pytorch")
    state = made.reference.state()
    state["cnn.conv0.weight"] = change(state["cnn.conv0.weight"])
    torch.save(state, made.file)
    refused(made.file, reason, **made.facts)


def test_half_a_character_writes_none(make, tmp_path):
    made = make("crnn-pytorch")
    checkpoint = import_foreign(made.file, charset="abc\ud800ef")
    assert checkpoint.card.charset.characters == ("a", "b", "c", "e", "f")
