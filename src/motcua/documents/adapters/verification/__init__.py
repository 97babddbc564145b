"""Reading the signatures of a PDF and judging each of them."""
