"""AAC: the film's sound as its own file in memory, ready to be joined to the picture."""

import io
from fractions import Fraction
from typing import Final

import av
import numpy as np
from numpy.typing import NDArray

from gauntlet.render.encoder.containers import mp4_writer

SAMPLE_RATE_HZ: Final = 48_000
_BIT_RATE: Final = 192_000


def encode_audio(pcm: NDArray[np.float32]) -> bytes:
    """Return stereo samples (N×2, −1 to 1, 48 kHz) as AAC-LC in an MP4; decoded it has exactly N samples.

    The encoder's lead-in and the last packet's filling are cut off by the file's edit list and durations.
    """
    if pcm.ndim != 2 or pcm.shape[1] != 2 or pcm.shape[0] == 0:
        raise ValueError(f"stereo samples are wanted as N×2, not {pcm.shape}")
    file = io.BytesIO()
    with mp4_writer(file, options={"movie_timescale": str(SAMPLE_RATE_HZ)}) as container:
        stream = container.add_stream("aac", rate=SAMPLE_RATE_HZ, options={"aac_coder": "fast"})
        codec = stream.codec_context
        codec.layout, codec.format, codec.bit_rate = "stereo", "fltp", _BIT_RATE
        codec.open()
        size = codec.frame_size
        for first in range(0, len(pcm), size):
            frame = av.AudioFrame.from_ndarray(_planar(pcm[first : first + size]), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, first, Fraction(1, SAMPLE_RATE_HZ)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


def _planar(pcm: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.ascontiguousarray(pcm.T, dtype=np.float32)
