"""Answers that fill any form, to play a project without a person."""

from __future__ import annotations

from typing import Any

from engine import Column, Field, TaskPage

LINE = "Une phrase de longueur moyenne, comme on en écrit."


def filled(page: TaskPage) -> dict[str, Any]:
    """An answer to every field of the task but its files."""
    return {field.key: _answer(field, page) for field in page.form if field.type != "file"}


def _answer(field: Field, page: TaskPage) -> Any:
    choices = [each.value for each in page.choices.get(field.key, ())]
    match field.type:
        case "number" | "money":
            return "2"
        case "date":
            return "2030-06-03"
        case "boolean":
            return True
        case "enum":
            # the method that is running, where one is asked to choose a method
            return page.values.get(field.key) or (choices[0] if choices else "")
        case "multiselect":
            return choices[:2]  # as many as a small project may concern
        case "user":
            return page.people[0].id
        case "users":
            return [page.people[0].id]
        case "table":
            return [
                {column.key: _cell(column, page, row) for column in field.columns}
                for row in range(max(3, field.fewest_rows))
            ]
        case "checklist":
            return {item.key: {"state": "done", "evidence": "fait"} for item in page.items.get(field.key, ())}
    return LINE


def _cell(column: Column, page: TaskPage, row: int) -> Any:
    known = {"number": "2", "money": "100", "date": "2030-06-03", "boolean": True, "user": page.people[0].id}
    if column.type == "select":
        return column.options[-1 - row % len(column.options)].value
    return known.get(column.type, f"{LINE} {row + 1}")
