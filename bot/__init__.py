"""The Rasa side of Học Vụ Số: its input channel and its NLU graph components."""
