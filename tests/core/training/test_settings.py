import json

import pytest

from core.document import Direction, LineImage, LineShape, Split
from core.errors import BadCheckpoint, BadConfig
from core.training.config import FineTuneConfig, preset, read_config_file, with_settings
from core.training.events import (
    Evaluated,
    RejectedLine,
    SampleReading,
    Started,
    Step,
    Stopped,
    Succeeded,
    Validated,
    from_json,
    to_json,
)
from core.training.run_folder import REQUEST, RunRequest, SnapshotLine, read_request, write_request
from core.training.schedule import rate_factor
from core.wording import say, set_translation, unpacked

ARTICLE = """
model_name: crnn_chinese
pretrained_model_path: ./pretrained/crnn.pth
train_data_dir: ./fine_tune_data
output_dir: ./out
image_height: 32
image_width: 280
batch_size: 32
num_epochs: 20
learning_rate: 1.0e-4
optimizer: Adam
scheduler: StepLR
step_size: 10
gamma: 0.5
device: cpu
"""


def test_config_of_the_article_means_its_preset(tmp_path):
    (tmp_path / "config.yaml").write_text(ARTICLE)
    read = read_config_file(tmp_path / "config.yaml")
    assert read.config == with_settings(preset("article"), {"device": "cpu"})
    assert read.base == "crnn-ppocr-v2"
    assert [note.split()[0] for note in read.notes] == [
        "pretrained_model_path",
        "image_height",
        "image_width",
        "train_data_dir",
        "output_dir",
    ]


def test_own_settings_go_on_top_of_a_preset(tmp_path):
    (tmp_path / "c.yaml").write_text("preset: article\nepochs: 3\n")
    assert read_config_file(tmp_path / "c.yaml").config == with_settings(preset("article"), {"epochs": 3})


@pytest.mark.parametrize(
    ("text", "named"),
    [("learning_rat: 1", "learning_rat"), ("epochs: many", "epochs"), ("- 1", "settings"), ("{", "YAML")],
)
def test_wrong_settings_are_named(tmp_path, text, named):
    (tmp_path / "c.yaml").write_text(text)
    with pytest.raises(BadConfig, match=named):
        read_config_file(tmp_path / "c.yaml")


def test_unknown_preset_names_the_known_ones():
    with pytest.raises(BadConfig, match="default and article"):
        preset("fast")


def test_one_cycle_rises_then_falls_to_nothing():
    config = FineTuneConfig(warmup=0.2)
    factors = [rate_factor(config, p / 10, 0) for p in range(11)]
    assert factors[2] == pytest.approx(1.0)
    assert factors[:3] == sorted(factors[:3])
    assert factors[2:] == sorted(factors[2:], reverse=True)
    assert factors[-1] == pytest.approx(0.0)


def test_step_schedule_halves_every_ten_epochs():
    config = preset("article")
    assert [rate_factor(config, 0.5, epoch) for epoch in (0, 9.9, 10, 19.9)] == [1, 1, 0.5, 0.5]


@pytest.mark.parametrize(
    "event",
    [
        Started(4, 2, 0, 10, 5, 90, ("ẽ",), (RejectedLine(3, "too short"),), "bfloat16", 2),
        Step(1, 10, 0.2, 1.5, 1e-4, 2.0),
        Validated(5, 9.0, 0.4, 0.1, True, (SampleReading(7, "ſo", "fo"),)),
        Evaluated(Split.TEST, True, 3, 90, 0.01, 30.0, "evaluation-test-after.jsonl"),
        Stopped(4, True, None),
        Succeeded(
            "best.safetensors",
            "0" * 64,
            5,
            10,
            4,
            90,
            0.8,
            1.1,
            3.0,
            5.0,
            900.0,
            0.2,
            0.1,
            None,
            None,
            0.001,
            0.002,
            "0123456789abcdef",
            (("a", 9, 1.0, 0.9),),
            0.01,
            ((5, 0.9, 1.0),),
        ),
    ],
)
def test_events_survive_the_way_between_processes(event):
    assert from_json(to_json(event)) == event


def test_run_folder_gives_the_request_back(tmp_path):
    shape = LineShape(((0, 0), (9, 0), (9, 4)), Direction.TTB, ((0, 2), (9, 2)))
    line = SnapshotLine(LineImage(5, tmp_path / "古 籍.png", 90, shape), Split.VAL, "欽定\u2028四庫")
    request = RunRequest("ppocr-v6-small", "ppocr-v6-small", preset("article"), (line,))
    write_request(tmp_path, request)
    assert read_request(tmp_path) == request
    (tmp_path / "snapshot.jsonl").write_text("{")
    with pytest.raises(BadCheckpoint, match="damaged"):
        read_request(tmp_path)


def test_steps_of_normalisation_come_in_their_order_and_with_size():
    config = with_settings(preset("default"), {"normalization": ["contrast_stretch", "grey"]})
    assert config.normalization == ("grey", "contrast_stretch", "size")
    with pytest.raises(BadConfig, match="normalization"):
        with_settings(preset("default"), {"normalization": ["sharpen"]})


def test_a_reason_arrives_in_the_language_of_the_window():
    rejected = RejectedLine(7, say("it has no text"))
    line = json.dumps(to_json(Started(1, 1, 0, 9, 3, 90, (), (rejected,), "float32", 1, 0)))
    set_translation(lambda template: "ohne Text" if template == "it has no text" else template)
    try:
        arrived = from_json(json.loads(line, object_hook=unpacked))
        assert arrived.rejected[0].reason == "ohne Text"
    finally:
        set_translation(None)


def test_a_run_of_another_version_says_that_it_is_one(tmp_path):
    write_request(tmp_path, RunRequest("ppocr-v6-small", "ppocr-v6-small", preset("default"), ()))
    request = json.loads((tmp_path / REQUEST).read_text())
    request["config"]["look_alikes"] = True
    (tmp_path / REQUEST).write_text(json.dumps(request))
    with pytest.raises(BadCheckpoint, match="begun by another version"):
        read_request(tmp_path)
