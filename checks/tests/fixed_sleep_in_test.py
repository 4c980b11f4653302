"""A test sleeps a fixed time and hopes that what it waits for has happened.

On a busy machine the time is too short and the test fails for no reason, on a fast one it is lost in every run. Tests
that fail by chance are re-run until they pass, also when they were right.

## Fix

Wait for the thing itself, with a limit.

```python tests/test_jobs.py
def test_job_is_done(queue):
    queue.put(job)
    wait_until(lambda: job.done, seconds=5)
```

## Gap

```python tests/test_jobs.py
import time


def test_job_is_done(queue):
    queue.put(job)
    time.sleep(2)  ← gap
    assert job.done
```

### a Go test

```go jobs/jobs_test.go
package jobs

func TestJobIsDone(t *testing.T) {
        queue.Put(job)
        time.Sleep(2 * time.Second)  ← gap
        assert.True(t, job.Done)
}
```

### a browser test

```typescript e2e/login.spec.ts
test("signs in", async ({ page }) => {
  await page.click("text=Sign in");
  await page.waitForTimeout(3000);  ← gap
  await expect(page.locator("h1")).toHaveText("Welcome");
});
```

## No gap

```python tests/test_jobs.py
import time


def test_job_is_done(queue):
    def slow():
        time.sleep(2)

    queue.put(slow)
    while not job.done:
        time.sleep(0.5)
    time.sleep(0.01)
```
"""

from collections.abc import Iterator

from checks.derived.tests.fixed_sleeps import FixedSleeps
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=FixedSleeps, blocks=Stage.NONE, effort=(0.5, 3.0))
def fixed_sleep_in_test(snapshot: Snapshot) -> Iterator[Finding]:
    for path, waits in snapshot.derived(FixedSleeps).files.items():
        total = sum(seconds for seconds, _ in waits)
        times = "once" if len(waits) == 1 else f"{len(waits)} times"
        message = f"Waits a fixed time {times}, {total:g} s in all, instead of for what it waits for."
        places = tuple(Evidence(f"waits {seconds:g} s", path, line) for seconds, line in waits[:20])
        yield Gap(path.rpartition("/")[2], message, path, waits[0][1], places)
