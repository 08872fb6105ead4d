"""What the guide adds to the registry: when an architecture wins, and the words used on the pages."""

from __future__ import annotations

WHEN_IT_WINS = {
    "rnn": "Very short texts, and as the simplest thing that reads in order. It forgets early words in long ones.",
    "lstm": "Texts where something early decides: a negation, a condition, a name.",
    "bilstm": "When a word's meaning depends on what follows it. Costs about twice an LSTM.",
    "gru": "Where an LSTM would do and time or data are short.",
    "bigru": "Where a BiLSTM would do and time or data are short.",
    "lstm_attention": "Longer texts with few decisive words. One sees where it looked, which need not be what decided.",
    "bilstm_attention": "As LSTM + attention, when both sides of a word matter.",
    "transformer": "Much data, long texts, distant words that belong together. With little data it often overfits.",
    "cnn": "Where short phrases give the answer away, wherever they stand. Fast.",
    "bag_of_words": "Topic-like questions, where words count and their order does not. Train it first: it is the bar.",
}
WORDS = {
    "Accuracy": "Share of the test texts that got their true class. Always answering the commonest class is the bar.",
    "95 % interval": "The true accuracy lies in such a range in 95 of 100 experiments. It counts which texts were "
    "tested (Wilson) and, from three seeds on, which seeds were drawn. More of either narrow it.",
    "Seed": "Where the first weights and the order of the texts come from. Two trainings that differ in nothing else "
    "differ by a point or so; one training each therefore says nothing about two architectures.",
    "Better, equal, not enough evidence": "Better: the difference is more than texts and seeds explain (p below 0.05, "
    "corrected for all pairs of models by Holm's method). Equal for practical purposes: the whole interval of the "
    "difference lies within a point, or what you say. Else the page says how many more seeds or texts would tell.",
    "McNemar's test": "Looks only at the texts on which two trained models differ. A p below 0.05 means that chance "
    "alone would rarely divide them so unevenly. It knows nothing of other seeds.",
    "Macro F1": "F1 (the balance of precision and recall) of each class, then their mean: rare classes count fully.",
    "Loss": "Cross-entropy: what the model is trained to lower. Being confident and wrong costs most.",
    "ROC and AUC": "True against false positives at every threshold; 0.5 is guessing, 1 is perfect.",
    "Attention": "Weights that sum to 1 over the tokens of a text. They show where the model looked, which is a hint "
    "at why it answered so, not a proof.",
    "Best epoch": "The epoch whose weights were most often right on the validation texts; of several alike, the one "
    "with the lowest loss. It is kept, and training stops when the validation loss has not fallen for a while.",
    "Batches of similar length": "The texts of a batch are padded to the longest of them, so texts of similar "
    "length cost several times less. Mixed within a few dozen texts, as here, they train much as shuffled ones do.",
    "Padding and attention": "No model here sees padding. In the teaching notebook attention falls on it as on any "
    "word, so that the answer to a text depends on how long the longest one is.",
}
