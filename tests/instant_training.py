"""Engines that train LSTMs in no time, so that sweeps can be tested without one."""

from seqcore.store import MetricRow, RunState
from tests.pages.finished import finish


class TrainingEngine:
    """Trains in no time: three epochs, then scores; `test_score` says what a run gets on the test texts."""

    def __init__(self, store, test_score=lambda spec: 0.5, *, holds_on=False):
        self.store, self.test_score, self.holds_on, self.stopped, self.worse = store, test_score, holds_on, [], 0.0

    def submit(self, run_ids):
        for run_id in run_ids:
            spec = self.store.runs.find(run_id).spec
            self.store.progress.begin(run_id, "engine")
            self.store.progress.set_state(run_id, RunState.TRAINING)
            loss = self.worse + abs(spec.model.get("units", 50) - 50) / 100 + spec.training.learning_rate
            rows = [MetricRow("validation", float(n), n, 0.1, loss + 0.1 / n, 0.5) for n in (1, 2, 3)]
            self.store.progress.record(run_id, rows, epoch=3.0, texts_per_second=1.0)
            if not self.holds_on:
                self.finish(run_id, spec, loss)

    def finish(self, run_id, spec, loss):
        score = self.test_score(spec)
        self.store.progress.set_state(run_id, RunState.EVALUATING)
        results = {
            "validation": {"loss": loss, "accuracy": 1 - loss},
            "test": {"accuracy": score, "macro_f1": score, "loss": -score},
        }
        self.store.progress.finish(run_id, state=RunState.FINISHED, results=results)

    def stop(self, run_ids):
        self.stopped.extend(run_ids)
        for run_id in run_ids:
            self.store.progress.cancel(run_id, "Stopped as asked.")


class ScoringEngine(TrainingEngine):
    """Leaves behind what a comparison needs, too: models of more units are better."""

    def __init__(self, store, data):
        super().__init__(store)
        self.data = data

    def submit(self, run_ids):
        self.store.queue.claim(run_ids, "engine")
        for run_id in run_ids:
            run = self.store.runs.find(run_id)
            finish(self.store, run, self.data, skill=run.spec.model["units"] / 20)
