"""Models that make films and music."""

from decimal import Decimal
from typing import Final

from gauntlet.providers.fakes.replicate.models import ONE_FILE, FakeModel, Price, chosen, enum, prop, uri

VIDEO_01: Final = FakeModel(
    owner="minimax",
    name="video-01",
    description="Generate 6s videos with prompts or images. (Also known as Hailuo).",
    medium="video",
    version="5aa835260ff7f40f4069c41185f72036accf99e29957bb4a3b3a911f3b6c1912",
    created_at="2024-12-12T18:31:05.773410Z",
    is_official=True,
    run_count=690_213,
    queue_s=2.0,
    predict_s=180.0,
    price=Price("run", Decimal("0.5")),
    properties={
        "prompt": prop("string", "Prompt", 0, description="Text prompt for generation"),
        "prompt_optimizer": prop("boolean", "Prompt Optimizer", 1, description="Use prompt optimizer", default=True),
        "first_frame_image": uri(
            "First Frame Image", 2, description="First frame image for video generation", nullable=True
        ),
        "subject_reference": uri(
            "Subject Reference", 3, description="An optional character reference image", nullable=True
        ),
    },
    required=("prompt",),
    enums={},
    output=ONE_FILE,
)

KLING: Final = FakeModel(
    owner="kwaivgi",
    name="kling-v2.1",
    description="Use Kling v2.1 to generate 5s and 10s videos in 720p and 1080p resolution from a starting image",
    medium="video",
    version="daad218feb714b03e2a1ac445986aebb9d05243cd00da2af17be2e4049f48f69",
    created_at="2025-06-19T21:08:44.117832Z",
    is_official=True,
    run_count=3_402_551,
    queue_s=1.0,
    predict_s=95.0,
    price=Price("video_second", Decimal("0.05"), by_input=(("mode", "pro", Decimal("0.09")),)),
    properties={
        "prompt": prop("string", "Prompt", 0, description="Text prompt for video generation"),
        "negative_prompt": prop(
            "string", "Negative Prompt", 1, description="Things you do not want to see in the video", default=""
        ),
        "start_image": uri("Start Image", 2, description="First frame of the video. Must be .jpg, .jpeg, or .png."),
        "end_image": uri("End Image", 3, description="Last frame of the video (pro mode is required)", nullable=True),
        "mode": chosen("mode", 4, default="standard", description="Standard has a resolution of 720p, pro is 1080p."),
        "duration": chosen("duration", 5, default=5, description="Duration of the video in seconds"),
    },
    required=("prompt", "start_image"),
    enums={"mode": enum("mode", ["standard", "pro"]), "duration": enum("duration", [5, 10], kind="integer")},
    output=ONE_FILE,
)

MUSICGEN: Final = FakeModel(
    owner="meta",
    name="musicgen",
    description="Generate music from a prompt or melody",
    medium="audio",
    version="671ac645ce5e552cc63a54a2bbff63fcf798043055d2dac5fc9e36a837eedcfb",
    created_at="2024-02-13T21:24:11.402110Z",
    is_official=False,
    run_count=3_104_882,
    queue_s=0.5,
    predict_s=14.0,
    price=Price("predict_second", Decimal("0.0014")),
    properties={
        "model_version": chosen(
            "model_version", 0, default="stereo-melody-large", description="Model to use for generation"
        ),
        "prompt": prop("string", "Prompt", 1, description="A description of the music you want to generate."),
        "input_audio": uri("Input Audio", 2, description="An audio file that will influence the generated music."),
        "duration": prop(
            "integer", "Duration", 3, description="Duration of the generated audio in seconds.", default=8
        ),
        "continuation": prop("boolean", "Continuation", 4, description="Continue from `input_audio`.", default=False),
        "continuation_start": prop(
            "integer", "Continuation Start", 5, description="Start time of the audio file.", default=0, minimum=0
        ),
        "continuation_end": prop(
            "integer", "Continuation End", 6, description="End time of the audio file.", minimum=0
        ),
        "multi_band_diffusion": prop(
            "boolean", "Multi Band Diffusion", 7, description="Decode with MultiBand Diffusion.", default=False
        ),
        "normalization_strategy": chosen(
            "normalization_strategy", 8, default="loudness", description="Strategy for normalizing audio."
        ),
        "top_k": prop("integer", "Top K", 9, description="Reduces sampling to the k most likely tokens.", default=250),
        "top_p": prop(
            "number", "Top P", 10, description="Reduces sampling to tokens of cumulative probability p.", default=0
        ),
        "temperature": prop(
            "number", "Temperature", 11, description="Controls the conservativeness of sampling.", default=1
        ),
        "classifier_free_guidance": prop(
            "integer", "Classifier Free Guidance", 12, description="Increases the influence of inputs.", default=3
        ),
        "output_format": chosen("output_format", 13, default="wav", description="Output format for generated audio."),
        "seed": prop("integer", "Seed", 14, description="Seed for random number generator."),
    },
    required=(),
    enums={
        "model_version": enum("model_version", ["stereo-melody-large", "stereo-large", "melody-large", "large"]),
        "normalization_strategy": enum("normalization_strategy", ["loudness", "clip", "peak", "rms"]),
        "output_format": enum("output_format", ["wav", "mp3"]),
    },
    output=ONE_FILE,
)
