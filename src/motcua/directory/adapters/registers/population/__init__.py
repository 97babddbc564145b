"""The population register (Cơ sở dữ liệu quốc gia về dân cư): personal numbers of the new-born."""
