"""O-14: a table with anything wrong in it is named line by line, and not one row of it comes in; as Excel saves it, it is read."""

from __future__ import annotations

from tests.story.conversation import World

GOOD = "mori@houritsu.example,Mori,Houritsu,ja\n"


def imported(world: World, table: str, *, expect: int = 0, encoding: str = "utf-8") -> str:
    (world.folder / "lawyers.csv").write_bytes(table.encode(encoding))
    outcome = world.command("roster", "import", "lawyers.csv", expect=expect)
    return outcome.err if expect else outcome.out


def test_O_14_bad_rows_are_named_by_line_and_nothing_is_applied(world: World) -> None:
    imported(world, "email,name\nalice@firm.example,Alice\n")
    table = (
        "email,name,firm,language\n"
        + GOOD
        + "\u0430lice@firm.example,Alice,Firm,en\n"
        + "no-reply@firm.example,The Firm,Firm,en\n"
        + "Ito Akiko,ito@lawfirm.example,Firm,en\n"
        + "MORI@houritsu.example,Mori again,Firm,en\n"
        + "abe@firm.example,Abe,Firm,xx\n"
    )
    told = imported(world, table, expect=2)
    for line, why in ((3, "Cyrillic"), (4, "machine"), (5, "address"), (6, "line 2"), (7, "language")):
        (row,) = [one for one in told.splitlines() if one.startswith(f"line {line},")]
        assert why in row
    assert told.splitlines()[-1] == "Nothing was imported."
    assert [row["email"] for row in world.cli("roster", "list", "--json")] == ["alice@firm.example"]


def test_O_14_a_byte_order_mark_and_the_encodings_of_excel_are_read(world: World) -> None:
    for number, encoding in enumerate(("utf-8-sig", "utf-16", "cp932")):
        imported(world, f"メールアドレス,氏名\nm{number}@houritsu.example,森 大輔\n", encoding=encoding)
    assert [(row["email"], row["name"]) for row in world.cli("roster", "list", "--json")] == [
        (f"m{number}@houritsu.example", "森 大輔") for number in range(3)
    ]


def test_a_deputy_for_an_address_that_nobody_has_is_named(world: World) -> None:
    rows = (
        "email,name,roles\n" + GOOD.replace(",Houritsu,ja", ",deputy:abe@firm.example") + "abe@firm.example,Abe,deputy:itou@firm.example\n"
    )
    told = imported(world, rows)
    assert "2 members imported" in told and "line 3: nobody on the roster has the address itou@firm.example" in told
    assert told.count("deputy:") == 1


def test_all_that_is_wrong_with_a_table_is_told_at_once(world: World) -> None:
    imported(world, "email,name,aliases\nalice@firm.example,Alice,alice@home.example\n")
    told = imported(world, "email,name\nmori@,Mori\nalice@home.example,Somebody else\n", expect=2)
    assert "line 2, email" in told and "line 3: alice@home.example already belongs to alice@firm.example." in told
    assert [row["email"] for row in world.cli("roster", "list", "--json")] == ["alice@firm.example"]
