"""Steps that think: records in, records out. They write nothing and know neither the store nor the clock."""
