"""The rules engine's Extractor: cues and the shape of the talk, no model and no network."""

from pipeline.engines.rules.extraction.actions import read_actions
from pipeline.engines.rules.extraction.asks import AskReader
from pipeline.engines.rules.extraction.decisions import read_decisions
from pipeline.engines.rules.extraction.risks import read_risks
from pipeline.engines.rules.extraction.questions import read_questions
from pipeline.engines.rules.extraction.conflicts import read_conflicts
from pipeline.engines.rules.extraction.concerns import read_concerns
from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.wording import wish
from pipeline.models.draft import Draft, DraftAsk
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript


class RulesExtractor:
    name = "rules"
    model = None

    def extract(self, transcript: Transcript, project: Project) -> Draft:
        d = Dialogue(transcript, project)
        asks = tuple(
            DraftAsk(ref=f"a{n}", text=wish(t.anchor.original(t.want.piece)), raw_quote=t.anchor.original(t.want.piece), speaker=t.anchor.speaker,
                     citations=tuple(x.citation() for x in sorted(t.turns.values(), key=lambda t: t.index))[:15])
            for n, t in enumerate(AskReader(d).read(), 1)
        )
        return Draft(asks=asks, decisions=read_decisions(d), actions=read_actions(d), risks=read_risks(d), questions=read_questions(d), conflicts=read_conflicts(d), concerns=read_concerns(d), internal=tuple(d.turns[i].id for i in sorted(d.private)))

    def thread(self, draft, transcript, project): return draft
    def relate(self, draft, transcript, project): return draft
    def summarise(self, draft, transcript, project): return draft
