"""Train: pick models and watch them learn side by side."""

from seqcore.ui.session import state
from seqcore.ui.session.header import guard, page_header

page_header("train")
with guard():
    from seqcore.ui.pages.train import live, setup  # after the title: the store and the architectures cost an import

    experiment_id = state.current_experiment_id()
    if experiment_id and not state.memory().setting_up:
        live.show_experiment(experiment_id)
    else:
        setup.draw_setup()
