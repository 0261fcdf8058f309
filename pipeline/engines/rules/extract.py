"""The rules engine's Extractor: cues and the shape of the talk, without a model or a network."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.engines.rules.extraction.assembly import draft_of, for_their_eyes
from pipeline.engines.rules.extraction.far import with_far_turns
from pipeline.engines.rules.extraction.fate import with_fates
from pipeline.engines.rules.extraction.lines import Lines
from pipeline.engines.rules.extraction.second_look import second_look
from pipeline.engines.rules.extraction.succession import with_succession
from pipeline.engines.rules.extraction.summary import with_summary
from pipeline.engines.rules.extraction.version import rules_version
from pipeline.language.twin import Twin
from pipeline.models.draft import Draft
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript


class RulesExtractor:
    """Finds items by what people say and who answers whom. The same input gives the same draft."""

    @property
    def name(self) -> str:
        """Engine name for the stage record."""
        return "rules"

    @property
    def model(self) -> str | None:
        """Rules have no model."""
        return None

    @property
    def prompt(self) -> str | None:
        """The version of the rules and a digest of their word lists."""
        return rules_version()

    @property
    def settings(self) -> Mapping[str, Any]:
        """There is nothing to set."""
        return {}

    @property
    def looks_twice(self) -> bool:
        """A single cue is too little: what rules did not take is left to people."""
        return False

    def extract(self, transcript: Transcript, project: Project) -> Draft:
        """Every item, each citing the turns it was found in."""
        twin = Twin(transcript, project)
        lines = Lines(twin.transcript)
        return twin.back(lines.back(draft_of(lines.dialogue(twin.project))))

    def thread(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Far turns that come back to an ask join its citations."""
        twin = Twin(transcript, project)
        lines = Lines(twin.transcript)
        dialogue = lines.dialogue(twin.project)
        found = with_far_turns(lines.into(twin.into(draft)), dialogue)
        return twin.back(lines.back(for_their_eyes(found, dialogue)))

    def relate(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Later beats earlier: withdrawn, there already, the same again, superseded."""
        twin = Twin(transcript, project)
        lines = Lines(twin.transcript)
        dialogue = lines.dialogue(twin.project)
        found = with_fates(lines.into(twin.into(draft)), dialogue)
        return twin.back(lines.back(with_succession(found, dialogue)))

    def reconsider(
        self, draft: Draft, segments: Sequence[str], transcript: Transcript, project: Project
    ) -> Draft:
        """What the given turns may hold when a single cue is enough."""
        del draft
        twin = Twin(transcript, project)
        lines = Lines(twin.transcript)
        dialogue = lines.dialogue(twin.project)
        found = second_look(lines.of(segments), dialogue)
        return twin.back(lines.back(for_their_eyes(found, dialogue)))

    def summarise(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Summaries that name the main asks and decisions, and a topic for each ask."""
        twin = Twin(transcript, project)
        lines = Lines(twin.transcript)
        found = with_summary(lines.into(twin.into(draft)), lines.dialogue(twin.project))
        return twin.back(lines.back(found))
