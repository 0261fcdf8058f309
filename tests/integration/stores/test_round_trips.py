"""What goes into the store comes out as it was."""

import datetime as dt

import pytest

from pipeline.errors import ConflictError, NotFoundError, StorageError
from pipeline.models.answer import KeptAnswer, Usage
from pipeline.models.job import StageKey, StageRecord
from pipeline.models.meeting import Source
from pipeline.models.model_use import ModelUse
from pipeline.models.project import DictionaryField, Entity, Participant, Project
from pipeline.models.speech import HeardBatch, HeardSegment
from pipeline.models.transcript import Dropped, EngineName, Segment, Transcript, Word

KEY = StageKey(stage="transcribe", input_digest="d1", engine="faster_whisper", model="small")


def test_a_project(store):
    project = Project(
        client="华露饮料",
        system="订单系统",
        industry="快消",
        language="zh",
        time_zone="Asia/Shanghai",
        participants=(Participant(name="吴总", label="说话人 1", side="client", role="老板"),),
        data_dictionary=(
            Entity(
                entity="订单",
                table="so_order",
                fields=(DictionaryField(name="order_no", label="订单号", type="varchar(20)"),),
            ),
        ),
        capabilities=("订单查询",),
        scope=("第 3.2 条",),
        glossary={"表": "订单列表"},
    )
    saved = store.save_project(project)
    assert saved == project.with_(uid=saved.uid)
    assert saved.uid
    assert store.project(saved.uid) == saved


def test_the_same_client_and_system_are_the_same_project(store):
    first = store.save_project(Project(client="华露饮料", system="订单系统"))
    again = store.save_project(Project(client="华露饮料", system="订单系统", industry="快消"))
    other = store.save_project(Project(client="华露饮料", system="库存系统"))
    assert again.uid == first.uid != other.uid
    assert store.projects() == (other, again)


def test_a_uid_that_a_project_brings_renames_nobody(store):
    theirs = store.save_project(Project(client="华露饮料", system="订单系统"))
    ours = store.save_project(Project(client="合骏", uid=theirs.uid))
    assert ours.uid != theirs.uid
    assert store.project(theirs.uid) == theirs
    assert store.save_project(theirs.with_(uid=ours.uid, industry="快消")).uid == theirs.uid
    assert store.project(ours.uid) == ours
    assert store.save_project(Project(client="新客户", uid="made-up")).uid != "made-up"


def test_a_meeting_with_its_files(store, make, project):
    meeting = make.meeting(
        project.uid,
        date=dt.date(2026, 3, 18),
        time=dt.time(14, 30),
        time_zone="Asia/Shanghai",
        languages=("zh", "en"),
        participants=("吴总",),
        recordings=(make.recording("a" * 64), make.recording("b" * 64)),
        sources=(Source(name="纪要.vtt", sha256="c" * 64, size=12, shape="vtt"),),
        consent=True,
    )
    store.add_meeting(meeting)
    assert store.meeting("m1") == meeting
    assert store.find_meeting(project.uid, "b" * 64) == meeting
    assert store.find_meeting(project.uid, "d" * 64) is None
    assert store.find_meeting("another", "b" * 64) is None
    changed = meeting.with_(title="另一个题目", recordings=meeting.recordings[:1])
    store.save_meeting(changed)
    assert store.meeting("m1") == changed
    assert store.find_meeting(project.uid, "b" * 64) is None


def test_one_file_makes_one_meeting_of_a_project(store, make, project):
    recording = make.recording()
    store.add_meeting(make.meeting(project.uid, recordings=(recording, recording)))
    assert len(store.meeting("m1").recordings) == 1
    with pytest.raises(ConflictError, match="file_of_another_meeting"):
        store.add_meeting(make.meeting(project.uid, "m2", recordings=(recording,)))
    assert [one.uid for one in store.meetings()] == ["m1"]
    other = store.save_project(Project(client="合骏"))
    store.add_meeting(make.meeting(other.uid, "m3", recordings=(recording,)))
    assert store.find_meeting(other.uid, recording.sha256).uid == "m3"


def test_meetings_come_newest_first(store, make, project):
    other = store.save_project(Project(client="合骏"))
    for uid, of in (("m2", project), ("m3", other), ("m1", project)):
        store.add_meeting(make.meeting(of.uid, uid))
    assert [one.uid for one in store.meetings()] == ["m3", "m2", "m1"]
    assert [one.uid for one in store.meetings(project.uid)] == ["m2", "m1"]


def test_the_end_of_a_uid_names_a_meeting_when_only_one_has_it(store, make, project):
    for uid in ("01KAAAAXYZ1", "01KBBBBXYZ1", "01KCCCC_%Z2"):
        store.add_meeting(make.meeting(project.uid, uid))
    assert store.meeting("bxyz1").uid == "01KBBBBXYZ1"
    assert store.meeting("2").uid == store.meeting("_%z2").uid == "01KCCCC_%Z2"
    for end in ("XYZ1", "1"):
        with pytest.raises(NotFoundError, match="meeting_ambiguous") as refused:
            store.meeting(end)
        assert refused.value.params == {"name": end, "count": 2}
    for unknown in ("", "nope", "%", "_", "____"):
        with pytest.raises(NotFoundError, match="meeting_not_found"):
            store.meeting(unknown)


def test_what_is_not_there_is_said_by_name(store):
    with pytest.raises(NotFoundError, match="project_not_found"):
        store.project("nope")
    with pytest.raises(NotFoundError, match="meeting_not_found"):
        store.save_transcript("nope", Transcript(engine=EngineName(name="vtt")))
    assert store.transcript("nope") is None
    assert store.minutes("nope") is None
    assert store.specs("nope") == ()
    assert store.edits("nope") == ()


def a_transcript(text: str = "能不能一键导出？") -> Transcript:
    return Transcript(
        date="2026-03-18",
        languages=("zh",),
        engine=EngineName(name="faster_whisper", model="small"),
        segments=(
            Segment(
                id="s1",
                index=0,
                start=0.1,
                end=2.3000000000000003,
                speaker="吴总",
                side="client",
                text=text,
                channel=1,
                avg_logprob=-0.25,
                no_speech_prob=1e-9,
                words=(Word(start=0.1, end=0.4, text="能", probability=0.98),),
            ),
        ),
        dropped=(Dropped(start=5.0, end=6.0, text="谢谢观看", reason="repeated"),),
    )


def test_transcript_versions_grow_only_with_the_content(store, meeting):
    first = store.save_transcript("m1", a_transcript())
    assert (first.meeting, first.version) == ("m1", 1)
    assert store.save_transcript("m1", first.with_(version=9)) == first
    second = store.save_transcript("m1", a_transcript("能不能导出？"))
    assert second.version == 2
    assert store.save_transcript("m1", a_transcript()).version == 3
    assert store.transcript("m1", 1) == first
    assert store.transcript("m1", 2) == second
    assert store.transcript("m1").version == 3
    assert store.transcript("m1", 4) is None


def test_our_own_talk_is_kept_in_its_order_and_replaced(store, meeting):
    assert store.our_talk("m1") == ()
    store.save_our_talk("m1", ["s9", "s10", "s9"])
    assert store.our_talk("m1") == ("s9", "s10")
    store.save_meeting(meeting.with_(title="另一个题目"))
    assert store.our_talk("m1") == ("s9", "s10")
    store.save_our_talk("m1", ["s10", "s11"])
    assert store.our_talk("m1") == ("s10", "s11")
    store.save_our_talk("m1", [])
    assert store.our_talk("m1") == ()


def test_a_stage_record_is_found_by_exactly_its_key(store, meeting):
    record = StageRecord(
        meeting="m1",
        key=KEY,
        output={"字": [1, 2.5, None, {"a": "b"}]},
        seconds=1.5,
        finished_at="2026-03-18T06:00:00.000Z",
    )
    store.save_record(record)
    assert store.record("m1", KEY) == record
    assert store.record("m2", KEY) is None
    for change in ({"input_digest": "d2"}, {"model": None}, {"settings_digest": "x"}):
        assert store.record("m1", KEY.with_(**change)) is None
    store.save_record(record.with_(seconds=2.0))
    assert store.record("m1", KEY).seconds == 2.0


def test_heard_batches_are_kept_for_their_key(store, meeting):
    batch = HeardBatch(
        key="0:0-30",
        channel=0,
        start=0.0,
        end=30.0,
        segments=(HeardSegment(start=0.5, end=2.0, text="好", channel=0),),
    )
    other = batch.with_(key="0:30-60", start=30.0, end=60.0)
    store.save_batch("m1", KEY, batch)
    store.save_batch("m1", KEY, batch)
    store.save_batch("m1", KEY, other)
    store.save_batch("m1", KEY.with_(model="large-v3"), other)
    assert store.batches("m1", KEY) == {batch.key: batch, other.key: other}


def test_what_models_took_adds_up_by_site_and_model(store, meeting):
    one = ModelUse(
        site="asks", model="m", requests=1, usage=Usage(tokens_in=10), seconds=2, money=0.5
    )
    other = ModelUse(site="asks", model="n", requests=1, unpriced=1)
    for use in (one, one, other, ModelUse(site="asks", model="m", kept=3)):
        store.add_model_use(meeting.uid, use)
    first, second = store.model_use(meeting.uid)
    assert (first.requests, first.kept, first.usage.tokens_in) == (2, 3, 20)
    assert (first.seconds, first.money, first.unpriced) == (4.0, 1.0, 0)
    assert (second.model, second.money, second.unpriced) == ("n", None, 1)
    assert store.model_use() == (first, second)
    assert store.model_use("another") == ()


def test_answers_of_models_are_kept_with_their_meeting(store, meeting):
    answer = KeptAnswer(site="asks", prompt="asks@1.zh+x", text="{}", usage=Usage(tokens_in=9))
    store.save_answer("m1", "k1", answer)
    store.save_answer("m1", "k1", answer.with_(text='{"asks": []}'))
    assert store.answer("m1", "k1").text == '{"asks": []}'
    assert store.answer("m1", "k1").usage.tokens_in == 9
    assert (store.answer("m1", "k2"), store.answer("m2", "k1")) == (None, None)


def test_what_a_newer_program_wrote_is_not_misread(store, raw, meeting):
    raw.execute("UPDATE meeting SET schema = 'dragoman/meeting/v9'")
    with pytest.raises(StorageError, match="newer_schema"):
        store.meeting("m1")


def test_a_damaged_entry_is_said_so(store, raw, meeting):
    raw.execute("""UPDATE meeting SET body = '{"uid": 7}'""")
    with pytest.raises(StorageError, match="row_damaged"):
        store.meeting("m1")


def test_fields_of_a_later_version_are_ignored(store, raw, meeting):
    raw.execute("UPDATE meeting SET body = json_set(body, '$.room', '201', '$.title', '碰头会')")
    assert store.meeting("m1") == meeting.with_(title="碰头会")
