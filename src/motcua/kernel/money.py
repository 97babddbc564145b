"""Money is a whole number of đồng; nothing in the system divides it."""


def show(amount: int) -> str:
    """`15000` → `15.000 đ`, the way it is written in Việt Nam."""
    return f"{amount:,}".replace(",", ".") + " đ"
