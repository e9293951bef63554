"""Numbers in addresses: `{entry:number}` in a path fits what SQLite holds, and nothing longer."""

from starlette.convertors import Convertor, register_url_convertor


class Number(Convertor[int]):
    regex = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("number", Number())
