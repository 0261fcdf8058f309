"""What of a data dictionary a model is shown."""

import json

from pipeline.engines.llm.prompting import dictionary
from pipeline.models.project import DictionaryField, Entity, Project

ORDER = Entity(
    entity="订单",
    table="so_order",
    fields=(DictionaryField(name="order_no", label="订单号", type="varchar", synonyms=("票号",)),),
)


def others(count: int) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            entity=f"档案{number}",
            table=f"t{number}",
            fields=(DictionaryField(name=f"x{number}", label=f"甲乙{number}", type="int"),),
        )
        for number in range(count)
    )


def test_a_dictionary_that_fits_is_shown_as_it_is():
    project = Project(data_dictionary=(ORDER, *others(2)))
    lines = dictionary(project, "什么都没说", 10_000).split("\n")
    assert [json.loads(one)["table"] for one in lines] == ["so_order", "t0", "t1"]
    assert json.loads(lines[0]) == {
        "entity": "订单",
        "table": "so_order",
        "fields": [{"name": "order_no", "label": "订单号", "type": "varchar"}],
    }


def test_of_a_large_one_what_is_talked_about_is_shown_however_it_was_said():
    project = Project(data_dictionary=(*others(400), ORDER))
    for words in ("导出订单号", "导出定单号", "导出票号", "export order_no"):
        assert [
            json.loads(one)["table"] for one in dictionary(project, words, 300).split("\n")
        ] == ["so_order"]
    assert dictionary(project, "什么都没说", 300) == "-"
