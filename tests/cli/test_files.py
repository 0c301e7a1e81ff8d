"""A customer's file in the shell."""

from tests.cli.conftest import Shell


def test_a_file_is_shown_by_name_number_and_pinyin(shell: Shell) -> None:
    for words in (("张三",), ("zhangsan",), ("13800138000",)):
        ended = shell("file", *words)
        assert ended.code == 0, ended.err
        assert ended.out.startswith("张三  person\n")
        assert "number: 13800138000" in ended.out
        assert "device: 冰箱, BCD-215, 2024-05" in ended.out


def test_the_file_as_json_has_ids_as_text(shell: Shell) -> None:
    (file,) = shell("file", "--json", "张三").records()
    assert isinstance(file["customer_id"], str)
    assert (file["name"], file["tickets"], file["do_not_call"]) == ("张三", 1, False)
    assert file["devices"][0]["model"] == "BCD-215"


def test_nobody_is_an_error_and_several_are_listed(shell: Shell) -> None:
    ended = shell("file", "--json", "王二麻子")
    assert ended.code != 0
    assert ended.error()["code"] == "file.nobody"
    shell("call", "13800138000", "漏水")
    ended = shell("file", "13800138000")
    assert ended.code == 0
    assert "13800138000" in ended.out
