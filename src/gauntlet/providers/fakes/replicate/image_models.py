"""Models that make pictures."""

from decimal import Decimal
from typing import Final

from pydantic import JsonValue

from gauntlet.providers.fakes.replicate.models import FILES, ONE_FILE, FakeModel, Price, chosen, enum, prop, uri

_SHAPES: Final[list[JsonValue]] = [
    "1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21",
]  # fmt: skip
_SEED: Final = "Random seed. Set for reproducible generation"
_QUALITY: Final = "Quality when saving the output images, from 0 to 100. 100 is best. Not relevant for .png outputs"

FLUX_SCHNELL: Final = FakeModel(
    owner="black-forest-labs",
    name="flux-schnell",
    description="The fastest image generation model tailored for local development and personal use",
    medium="image",
    version="c846a69991daf4c0e5d016514849d14ee5b2e6846ce6b9d6f21369e564cfe51e",
    created_at="2024-08-29T10:14:32.154210Z",
    is_official=True,
    run_count=512_400_812,
    queue_s=0.1,
    predict_s=0.6,
    price=Price("image", Decimal("0.003")),
    properties={
        "prompt": prop("string", "Prompt", 0, description="Prompt for generated image"),
        "aspect_ratio": chosen("aspect_ratio", 1, default="1:1", description="Aspect ratio for the generated image"),
        "num_outputs": prop(
            "integer", "Num Outputs", 2, description="Number of outputs to generate", default=1, minimum=1, maximum=4
        ),
        "num_inference_steps": prop(
            "integer",
            "Num Inference Steps",
            3,
            description="Number of denoising steps. 4 is recommended",
            default=4,
            minimum=1,
            maximum=4,
        ),
        "seed": prop("integer", "Seed", 4, description=_SEED, nullable=True),
        "output_format": chosen("output_format", 5, default="webp", description="Format of the output images"),
        "output_quality": prop(
            "integer", "Output Quality", 6, description=_QUALITY, default=80, minimum=0, maximum=100
        ),
        "disable_safety_checker": prop(
            "boolean",
            "Disable Safety Checker",
            7,
            description="Disable safety checker for generated images.",
            default=False,
        ),
        "go_fast": prop(
            "boolean", "Go Fast", 8, description="Run faster predictions with a quantised model", default=True
        ),
        "megapixels": chosen("megapixels", 9, default="1", description="Approximate number of megapixels"),
    },
    required=("prompt",),
    enums={
        "aspect_ratio": enum("aspect_ratio", _SHAPES),
        "output_format": enum("output_format", ["webp", "jpg", "png"]),
        "megapixels": enum("megapixels", ["1", "0.25"]),
    },
    output=FILES,
)

FLUX_PRO: Final = FakeModel(
    owner="black-forest-labs",
    name="flux-1.1-pro",
    description="Faster, better FLUX Pro. Text-to-image model with excellent image quality and prompt adherence",
    medium="image",
    version="80a09d66baa990429c2f5ae8a4306bf778a1b3775afd01cc2cc8bdbe9033769c",
    created_at="2024-10-02T12:52:56.320671Z",
    is_official=True,
    run_count=64_120_077,
    queue_s=0.1,
    predict_s=3.2,
    price=Price("image", Decimal("0.04")),
    properties={
        "prompt": prop("string", "Prompt", 0, description="Text prompt for image generation"),
        "image_prompt": uri("Image Prompt", 1, description="Image to use with Flux Redux", nullable=True),
        "aspect_ratio": chosen("aspect_ratio", 2, default="1:1", description="Aspect ratio for the generated image"),
        "width": prop(
            "integer",
            "Width",
            3,
            description='Width of the image. Only used when aspect_ratio is "custom"',
            minimum=256,
            maximum=1440,
            nullable=True,
        ),
        "height": prop(
            "integer",
            "Height",
            4,
            description='Height of the image. Only used when aspect_ratio is "custom"',
            minimum=256,
            maximum=1440,
            nullable=True,
        ),
        "safety_tolerance": prop(
            "integer",
            "Safety Tolerance",
            5,
            description="1 is most strict and 6 is most permissive",
            default=2,
            minimum=1,
            maximum=6,
        ),
        "seed": prop("integer", "Seed", 6, description=_SEED, nullable=True),
        "prompt_upsampling": prop(
            "boolean",
            "Prompt Upsampling",
            7,
            description="Modify the prompt for more creative generation",
            default=False,
        ),
        "output_format": chosen("output_format", 8, default="webp", description="Format of the output images."),
        "output_quality": prop(
            "integer", "Output Quality", 9, description=_QUALITY, default=80, minimum=0, maximum=100
        ),
    },
    required=("prompt",),
    enums={
        "aspect_ratio": enum(
            "aspect_ratio", ["custom", "1:1", "16:9", "3:2", "2:3", "4:5", "5:4", "9:16", "3:4", "4:3"]
        ),
        "output_format": enum("output_format", ["webp", "jpg", "png"]),
    },
    output=ONE_FILE,
)

REAL_ESRGAN: Final = FakeModel(
    owner="nightmareai",
    name="real-esrgan",
    description="Real-ESRGAN with optional face correction and adjustable upscale",
    medium="image",
    version="f121d640bd286e1fdc67f9799164c1d5be36ff74576ee11c803ae5b665dd46aa",
    created_at="2024-06-14T09:01:17.406231Z",
    is_official=False,
    run_count=80_340_566,
    queue_s=0.4,
    predict_s=1.8,
    price=Price("predict_second", Decimal("0.000225")),
    properties={
        "image": uri("Image", 0, description="Input image"),
        "scale": prop("number", "Scale", 1, description="Factor to scale image by", default=4, minimum=0, maximum=10),
        "face_enhance": prop("boolean", "Face Enhance", 2, description="Run GFPGAN face enhancement", default=False),
    },
    required=("image",),
    enums={},
    output=ONE_FILE,
)
