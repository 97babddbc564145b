"""Finding a procedure by what people type: in everyday words, without accents, with slips, in any order.

`typed` reads the text, `everyday` says it in the law's words, `index` weighs titles by it (BM25 over single words and
pairs; Robertson and Zaragoza 2009), `slips` forgives the finger, `events` files titles under moments of life.
"""
