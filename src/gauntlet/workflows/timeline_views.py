"""From the compositor's timeline to the film as people's tools see it: the same film, nothing reckoned twice."""

from collections.abc import Iterator
from typing import Final, Literal

from gauntlet.core.creative.brief import Brief, Purpose, Scene, ShotType
from gauntlet.core.creative.formats import DURATION_MAX_S, DURATION_MIN_S, FPS, SCENES_MAX, SCENES_MIN
from gauntlet.core.creative.storyboard import FootageCut, SceneSource, StoryboardContent
from gauntlet.domain.jobs.film_views import (
    Box,
    CaptionBlock,
    ClipSource,
    Ducking,
    EditLimits,
    FilmTimeline,
    FilmTracks,
    Footage,
    PictureClip,
    SceneWords,
    SoundClip,
    SoundSection,
    SoundTrack,
    TransitionInto,
    TypeBlock,
)
from gauntlet.domain.jobs.schemas import StoryboardState
from gauntlet.providers.local.planner.pacing import SCENE_MIN_FRAMES, beat_frame
from gauntlet.render.mixer.recorded import DUCK_DB, DUCK_RAMP_S
from gauntlet.render.timeline import HeardFootage, Shot, Timeline
from gauntlet.workflows.hand_edits import floor_frames, latest_start_ms

_LIMITS: Final = EditLimits(
    scenes_min=SCENES_MIN,
    scenes_max=SCENES_MAX,
    scene_frames_min=SCENE_MIN_FRAMES,
    total_frames_min=DURATION_MIN_S * FPS,
    total_frames_max=DURATION_MAX_S * FPS,
)
_MADE: Final[dict[bool, Literal["image", "video"]]] = {False: "image", True: "video"}


def film_timeline(storyboard: StoryboardState, timeline: Timeline, *, is_kept: bool = True) -> FilmTimeline:
    """Return the film of a storyboard; `timeline` is what the compositor makes of that very storyboard."""
    brief = storyboard.content.brief
    poster = timeline.shots[timeline.poster_shot]
    return FilmTimeline(
        job_id=storyboard.job_id,
        version=storyboard.version,
        is_kept=is_kept,
        fingerprint=storyboard.content.fingerprint(),
        fps=timeline.fps,
        total_frames=timeline.total_frames,
        width=timeline.width,
        height=timeline.height,
        aspect_ratio=brief.technical_specs.aspect_ratio,
        platform=brief.technical_specs.platform,
        language=timeline.language,
        poster_frame=poster.start_frame + poster.poster_frame,
        palette=brief.visual_direction.palette,
        tracks=FilmTracks(
            picture=tuple(_clips(storyboard, timeline)),
            type=tuple(_type(timeline)),
            captions=tuple(_captions(timeline)),
            sound=_sound(storyboard, timeline),
        ),
        limits=_LIMITS,
    )


def _clips(storyboard: StoryboardState, timeline: Timeline) -> Iterator[PictureClip]:
    brief = storyboard.content.brief
    moved = {medium.scene for medium in storyboard.media if medium.role == "motion"}
    for scene, source, shot in zip(brief.scenes, storyboard.content.sources, timeline.shots, strict=True):
        yield PictureClip(
            scene=scene.number,
            purpose=scene.purpose,
            start_frame=shot.start_frame,
            frames=shot.duration_frames,
            readable_frames=floor_frames(scene, language=brief.text_strategy.language),
            poster_frame=shot.start_frame + shot.poster_frame,
            source=_source(scene, source),
            camera=scene.camera_movement,
            footage=None if source.cut is None else _footage(source.cut),
            transition=TransitionInto(kind=shot.transition, frames=shot.transition_frames),
            motion_model=source.motion.choice.model if source.motion else None,
            is_motion_made=scene.number in moved,
            words=_words(brief, scene),
        )


def _source(scene: Scene, source: SceneSource) -> ClipSource:
    is_end_card = scene.shot_type is ShotType.END_CARD or scene.purpose is Purpose.CTA
    kind = _MADE[source.cut is not None] if source.kind == "generated" else source.kind
    return ClipSource(
        kind="end_card" if is_end_card else kind,
        asset_id=source.asset_id,
        asset_version=source.asset_version,
        generation_id=source.generation_id,
        is_awaited=source.is_awaited,
    )


def _footage(cut: FootageCut) -> Footage:
    return Footage(
        film_ms=cut.film_ms,
        start_ms=cut.start_ms,
        latest_start_ms=latest_start_ms(cut),
        length_ms=cut.length_ms,
        pace_percent=cut.pace_percent,
        play=cut.play,
        is_heard=cut.is_heard,
    )


def _words(brief: Brief, scene: Scene) -> SceneWords:
    call = brief.call_to_action if scene.number == len(brief.scenes) else None
    return SceneWords(
        headline=scene.overlay_text,
        supporting=scene.supporting_text,
        call_to_action=call.text if call else None,
        destination=call.destination if call else None,
    )


def _type(timeline: Timeline) -> Iterator[TypeBlock]:
    for shot in timeline.shots:
        for text in shot.texts:
            start = shot.start_frame + text.first_frame
            # Words may still be leaving while the next scene comes in.
            end = min(shot.start_frame + text.last_frame + 1, timeline.total_frames)
            yield TypeBlock(
                scene=shot.scene_number,
                role=text.role,
                words=text.text,
                start_frame=start,
                frames=max(0, end - start),
                box=Box(x=text.x, y=text.y, width=text.width, height=text.height),
                font_px=text.font_px,
                ink=text.ink,
                ground=text.ground,
            )


def _captions(timeline: Timeline) -> Iterator[CaptionBlock]:
    for caption in timeline.captions:
        frames = caption.end_frame - caption.start_frame
        yield CaptionBlock(start_frame=caption.start_frame, frames=frames, text=caption.text)


def _sound(storyboard: StoryboardState, timeline: Timeline) -> SoundTrack:
    heard = [(_shot_at(timeline, one.start_frame), one) for one in timeline.heard]
    clips = (_bed(storyboard, timeline), *(_heard_clip(storyboard.content, shot, one) for shot, one in heard))
    is_ducked = timeline.recorded is None or not timeline.recorded.is_whole
    ducking = tuple(_ducking(one, fps=timeline.fps) for _, one in heard) if is_ducked else ()
    if timeline.recorded is not None:
        return SoundTrack(clips=clips, ducking=ducking)
    sections = tuple(
        SoundSection(
            scene=shot.scene_number,
            start_frame=section.start_frame,
            frames=section.duration_frames,
            intensity=section.intensity,
        )
        for shot, section in zip(timeline.shots, timeline.music.sections, strict=True)
    )
    tempo_bpm = timeline.music.tempo_bpm
    return SoundTrack(
        clips=clips,
        tempo_bpm=tempo_bpm,
        beats=beats(tempo_bpm, total_frames=timeline.total_frames),
        sections=sections,
        ducking=ducking,
    )


def beats(tempo_bpm: float, *, total_frames: int) -> tuple[int, ...]:
    """Return the frames nearest to the bed's beats."""
    most = int(total_frames * tempo_bpm / (60 * FPS)) + 1
    return tuple(frame for beat in range(most + 1) if (frame := beat_frame(beat, tempo_bpm)) < total_frames)


def _bed(storyboard: StoryboardState, timeline: Timeline) -> SoundClip:
    content, total = storyboard.content, timeline.total_frames
    model = content.music.choice.model if content.music else None
    made = next((medium for medium in storyboard.media if medium.role == "music"), None)
    if made is not None:
        return SoundClip(kind="generated", start_frame=0, frames=total, generation_id=made.generation_id, model=model)
    bed = content.bed
    if bed is None:
        return SoundClip(kind="bed", start_frame=0, frames=total, name=timeline.music.genre, model=model)
    lasting = min(total, bed.duration_ms * timeline.fps // 1_000) if bed.is_whole else total
    return SoundClip(kind="asset", start_frame=0, frames=lasting, name=bed.name, asset_id=bed.asset_id)


def _heard_clip(content: StoryboardContent, shot: Shot, heard: HeardFootage) -> SoundClip:
    source = content.sources[shot.scene_number - 1]
    return SoundClip(
        kind="footage",
        start_frame=heard.start_frame,
        frames=heard.duration_frames,
        asset_id=source.asset_id,
        generation_id=source.generation_id,
        scene=shot.scene_number,
    )


def _ducking(heard: HeardFootage, *, fps: int) -> Ducking:
    return Ducking(
        start_frame=heard.start_frame,
        frames=heard.duration_frames,
        gain_db=DUCK_DB,
        ramp_frames=round(DUCK_RAMP_S * fps),
    )


def _shot_at(timeline: Timeline, frame: int) -> Shot:
    return next(shot for shot in reversed(timeline.shots) if shot.start_frame <= frame)
