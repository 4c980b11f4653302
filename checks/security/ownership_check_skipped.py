"""A route changes anybody's record, while those beside it ask who the user is.

The other routes of the file load the user and compare. This one takes the id out of the address and acts: whoever counts ids up or
down changes and deletes what belongs to others.

## Fix

Load the record together with its owner, and answer "not found" where it is somebody else's:

```python
@router.delete("/items/{item_id}")
def delete_item(item_id: int, user: CurrentUser, session: SessionDep) -> None:
    item = session.scalar(select(Item).where(Item.id == item_id, Item.owner_id == user.id))
    if item is None:
        raise HTTPException(404)
    session.delete(item)
```

## Gap

```python app/items.py
from fastapi import APIRouter

router = APIRouter()


@router.put("/items/{item_id}")
def update_item(item_id: int, body: Body, current_user: CurrentUser) -> None:
    store.update(item_id, body, owner=current_user.id)


@router.patch("/items/{item_id}")
def rename_item(item_id: int, body: Body, current_user: CurrentUser) -> None:
    store.update(item_id, body, owner=current_user.id)


@router.delete("/items/{item_id}")
def delete_item(item_id: int) -> None:  ← gap
    store.delete(item_id)
```

## No gap

```python app/items.py
from fastapi import APIRouter

router = APIRouter()


@router.put("/items/{item_id}")
def update_item(item_id: int, body: Body, current_user: CurrentUser) -> None:
    store.update(item_id, body, owner=current_user.id)


@router.delete("/items/{item_id}")
def delete_item(item_id: int, current_user: CurrentUser) -> None:
    store.delete(item_id, owner=current_user.id)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.owned_records import OwnedRecords
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=OwnedRecords, effort=(0.5, 2.0), on_trial=True, ranked_by=LiveCode)
def ownership_check_skipped(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(OwnedRecords).unasked:
        handler = found.handler
        names = ", ".join(f"`{one.name}`" for one in found.siblings[:3])
        message = f"`{handler.name}` changes a record by its id and asks for no user; {names} beside it do."
        evidence = tuple(Evidence(f"`{one.name}` asks", one.path, one.line) for one in found.siblings[:3])
        yield Gap(handler.name, message, handler.path, handler.line, evidence)
