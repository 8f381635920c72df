"""Reads an output folder with pyarrow, polars, DuckDB and deltalake, and checks what the contracts promise.

    python readback.py OUT SCHEMAS

Fails at the first promise that is broken, with the table, the reader and the rows. Otherwise it says what it checked.
"""

import json
import sys
from pathlib import Path

import deltalake
import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

TABLES = [
    "documents", "sentences", "tokens", "entities", "enumerations",
    "quotes", "edits", "metrics", "rejects", "sources",
]  # fmt: skip

# The contract's types (Arrow's names) as each reader calls them.
POLARS = {
    "Utf8": pl.String,
    "Int32": pl.Int32,
    "Int64": pl.Int64,
    "Float32": pl.Float32,
    "Float64": pl.Float64,
    "Boolean": pl.Boolean,
    "Date32": pl.Date,
    "Timestamp(Microsecond, UTC)": pl.Datetime("us", "UTC"),
    "Binary": pl.Binary,
    "List<element: Utf8>": pl.List(pl.String),
    "List<element: Struct<text: Utf8, char_start: Int32, char_end: Int32>>": pl.List(
        pl.Struct({"text": pl.String, "char_start": pl.Int32, "char_end": pl.Int32})
    ),
}
DUCKDB = {
    "Utf8": "VARCHAR",
    "Int32": "INTEGER",
    "Int64": "BIGINT",
    "Float32": "FLOAT",
    "Float64": "DOUBLE",
    "Boolean": "BOOLEAN",
    "Date32": "DATE",
    "Timestamp(Microsecond, UTC)": "TIMESTAMP WITH TIME ZONE",
    "Binary": "BLOB",
    "List<element: Utf8>": "VARCHAR[]",
    "List<element: Struct<text: Utf8, char_start: Int32, char_end: Int32>>": (
        'STRUCT("text" VARCHAR, char_start INTEGER, char_end INTEGER)[]'
    ),
}
ARROW = {
    pa.string(): "Utf8",
    pa.int32(): "Int32",
    pa.int64(): "Int64",
    pa.float32(): "Float32",
    pa.float64(): "Float64",
    pa.bool_(): "Boolean",
    pa.date32(): "Date32",
    pa.timestamp("us", "UTC"): "Timestamp(Microsecond, UTC)",
    pa.binary(): "Binary",
}


def check(fine, what, *details):
    """Ends the program unless `fine`."""
    if not fine:
        print(f"FAILED: {what}", *map(repr, details), sep="\n  ", file=sys.stderr)
        sys.exit(1)


def same(what, expected, found):
    check(expected == found, what, expected, found)


def arrow_name(type_):
    """A pyarrow type in the contract's words."""
    if pa.types.is_list(type_):
        return f"List<{type_.value_field.name}: {arrow_name(type_.value_type)}>"
    if pa.types.is_struct(type_):
        inner = ", ".join(f"{field.name}: {arrow_name(field.type)}" for field in type_.fields)
        return f"Struct<{inner}>"
    return ARROW.get(type_, f"unexpected type {type_}")


def sql_type(name):
    """A DuckDB type without the quotation marks that it gives to some names."""
    return name.replace('"', "")


def delta_fields(schema):
    """A Delta schema as the contract has it."""
    return [(field["name"], field["type"], field["nullable"]) for field in json.loads(schema.to_json())["fields"]]


def check_table(out, table, columns, db):
    """One table by all readers; gives its rows as pyarrow sees them."""
    folder = out / table
    files = sorted(folder.glob("*.parquet"))
    check(files, f"{table}: no file")
    contract = [(column["name"], column["arrow"], column["nullable"]) for column in columns]
    rows = 0
    for path in files:
        file = pq.ParquetFile(path)
        schema = file.schema_arrow
        same(f"{path}: pyarrow schema", contract, [(f.name, arrow_name(f.type), f.nullable) for f in schema])
        metadata = schema.metadata or {}
        same(f"{path}: table named in the file", table.encode(), metadata.get(b"cihe.table"))
        rows += file.metadata.num_rows
    glob = str(folder / "*.parquet")
    arrow = ds.dataset([str(path) for path in files]).to_table()
    same(f"{table}: rows by pyarrow, file by file and as a dataset", rows, arrow.num_rows)

    scanned = pl.scan_parquet(glob).collect()
    names = {column["name"]: POLARS[column["arrow"]] for column in columns}
    same(f"{table}: polars schema", names, dict(scanned.schema))
    same(f"{table}: rows by polars", rows, scanned.height)

    described = db.execute(f"DESCRIBE SELECT * FROM read_parquet('{glob}')").fetchall()
    expected = [(column["name"], sql_type(DUCKDB[column["arrow"]])) for column in columns]
    same(f"{table}: DuckDB schema", expected, [(row[0], sql_type(row[1])) for row in described])
    counted = db.execute(f"SELECT count(*) FROM read_parquet('{glob}')").fetchone()[0]
    same(f"{table}: rows by DuckDB", rows, counted)

    check_delta(folder, table, columns, db, files, arrow)
    db.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{glob}')")
    return arrow


def check_delta(folder, table, columns, db, files, arrow):
    """The Delta log names the same files and the same rows; polars and DuckDB read it through deltalake."""
    delta = deltalake.DeltaTable(str(folder))
    same(f"{table}: Delta schema", [(c["name"], c["delta"], c["nullable"]) for c in columns], delta_fields(delta.schema()))
    named = sorted(Path(uri.removeprefix("file://")).name for uri in delta.file_uris())
    same(f"{table}: files found, and named by the Delta log", [path.name for path in files], named)
    same(f"{table}: rows by polars over Delta", arrow.num_rows, pl.scan_delta(str(folder)).collect().height)
    through_delta = pa.table(delta.to_pyarrow_table())
    same(f"{table}: rows by deltalake", arrow.num_rows, through_delta.num_rows)
    counted = db.execute("SELECT count(*) FROM through_delta").fetchone()[0]
    same(f"{table}: rows by DuckDB over Delta", arrow.num_rows, counted)


def check_slices(tables, table, column="text"):
    """`text[char_start:char_end]` of the document is what the row says, for every row."""
    texts = dict(zip(tables["documents"]["doc_id"].to_pylist(), tables["documents"]["text"].to_pylist()))
    rows = tables[table].select(["doc_id", column, "char_start", "char_end"]).to_pylist()
    bad = [row for row in rows if texts[row["doc_id"]][row["char_start"] : row["char_end"]] != row[column]]
    check(not bad, f"{table}: {len(bad)} of {len(rows)} rows are not what the text has there", *bad[:5])
    return len(rows)


# Rules of the edits that take white space out.
REPAIRS = ("hard-wrap", "column-break", "inner-space")


def fine_edit(edit, document):
    """Whether the edit is one that its rule makes, at a place where it makes them."""
    text, at, before, after = document["text"], edit["char_start"], edit["before"], edit["after"]
    if not 0 <= at <= len(text) or edit["byte_end"] < edit["byte_start"]:
        return False
    if edit["rule"] == "main-text":
        # Left out is whole blocks: between lines of the text, and something is to be seen of them.
        return after == "" and before.strip() != "" and (at in (0, len(text)) or text[at] == "\n" or text[at - 1] == "\n")
    if edit["rule"] in REPAIRS:
        # As many bytes as the piece has in the document's charset, and nothing but white space: a line's end with indentations, or spaces.
        length = len(before.encode(document["encoding"]))
        broken = before.isspace() and (edit["rule"] == "inner-space" or "\n" in before or "\r" in before)
        return broken and after in ("", " ") and length == edit["byte_end"] - edit["byte_start"] and text.startswith(after, at)
    if edit["rule"] == "split":
        # An article begins here; nothing is changed by that.
        return (at, before, after) == (0, "", "") and edit["byte_start"] == edit["byte_end"]
    return before != "" and text.startswith(after, at)


def check_edits(tables):
    """Each edit is where its rule makes them, they are numbered in the text's order, and the documents count them."""
    columns = ["doc_id", "text", "encoding", "repaired_breaks"]
    documents = {row["doc_id"]: row for row in tables["documents"].select(columns).to_pylist()}
    rows = tables["edits"].to_pylist()
    check(rows, "edits: no row at all")
    bad = [row for row in rows if not fine_edit(row, documents[row["doc_id"]])]
    check(not bad, f"edits: {len(bad)} of {len(rows)} rows are not what the text has there", *bad[:5])
    rules, last = {}, {}
    for row in sorted(rows, key=lambda row: (row["doc_id"], row["edit"])):
        number, at = last.get(row["doc_id"], (-1, 0))
        check(row["edit"] == number + 1 and row["char_start"] >= at, "edits: out of order", row)
        last[row["doc_id"]] = row["edit"], row["char_start"]
        key = row["doc_id"], row["rule"]
        rules[key] = rules.get(key, 0) + 1
    for doc_id, document in documents.items():
        told = sum(rules.get((doc_id, rule), 0) for rule in REPAIRS)
        same(f"{doc_id}: repaired breaks and their edits", document["repaired_breaks"], told)
    return len(rows)


def one(db, sql):
    return db.execute(sql).fetchone()[0]


def no_rows(db, what, sql):
    found = db.execute(sql).fetchall()
    check(not found, f"{what}: {len(found)} rows", *found[:5])


def check_accounts(db):
    """Each record is a document or a reject, and documents say truly what they hold."""
    both = "SELECT DISTINCT source, record FROM documents INTERSECT SELECT source, record FROM rejects"
    no_rows(db, "records that are both document and reject", both)
    no_rows(db, "ids that stand for two documents", "SELECT doc_id FROM documents GROUP BY 1 HAVING count(*) > 1")
    no_rows(db, "records turned away twice", "SELECT source, record FROM rejects GROUP BY 1, 2 HAVING count(*) > 1")
    no_rows(
        db,
        "sources of documents or rejects that never ended",
        "SELECT source FROM documents UNION SELECT source FROM rejects EXCEPT SELECT source FROM sources",
    )
    no_rows(
        db,
        "sources whose count of documents is wrong",
        """SELECT s.source, s.documents, count(d.doc_id) FROM sources s LEFT JOIN documents d USING (source)
           GROUP BY 1, 2 HAVING s.documents <> count(d.doc_id)""",
    )
    for table in ["sentences", "tokens"]:
        no_rows(
            db,
            f"documents whose count of {table} is wrong",
            f"""SELECT d.doc_id, d.{table}, count(t.doc_id) FROM documents d LEFT JOIN {table} t USING (doc_id)
                GROUP BY 1, 2 HAVING d.{table} <> count(t.doc_id)""",
        )
    no_rows(db, "documents whose count of chars is wrong", "SELECT doc_id FROM documents WHERE chars <> length(text)")
    records = one(db, "SELECT count(*) FROM (SELECT DISTINCT source, record FROM documents)")
    return records, one(db, "SELECT count(*) FROM rejects")


def check_order(db):
    """Tokens are numbered from 0, in order, and do not overlap."""
    window = "OVER (PARTITION BY doc_id ORDER BY sentence, token)"
    no_rows(
        db,
        "tokens that begin before the one ahead of them ends",
        f"""SELECT * FROM (SELECT doc_id, sentence, token, char_start, lag(char_end) {window} AS before FROM tokens)
            WHERE char_start < before""",
    )
    no_rows(db, "empty ranges", "SELECT * FROM tokens WHERE char_end <= char_start OR byte_end <= byte_start")


def check_metrics(db):
    """`SUM(count)` over all epochs is what a recount of the rows gives."""
    same_counts = """
        WITH summed AS (SELECT item, sum(count)::BIGINT AS n FROM metrics
                        WHERE scope = 'corpus' AND metric = '{metric}' GROUP BY 1),
             counted AS (SELECT {item} AS item, count(*) AS n FROM {table} GROUP BY 1)
        SELECT coalesce(s.item, c.item), s.n, c.n FROM summed s FULL JOIN counted c USING (item)
        WHERE s.n IS DISTINCT FROM c.n"""
    no_rows(db, "metrics of pos", same_counts.format(metric="pos", item="pos", table="tokens"))
    entity = "label || '/' || coalesce(normal, text)"
    names = "(SELECT * FROM entities WHERE label IN ('PER', 'ORG', 'LOC', 'TITLE', 'TERM'))"
    no_rows(db, "metrics of entity", same_counts.format(metric="entity", item=entity, table=names))
    for table in ["documents", "sentences", "tokens"]:
        summed = one(db, f"SELECT sum(count)::BIGINT FROM metrics WHERE scope = 'corpus' AND metric = '{table}'")
        same(f"metrics of {table}", one(db, f"SELECT count(*) FROM {table}"), summed)
    no_rows(
        db,
        "terms counted more often than they stand in tokens",
        """SELECT item FROM (SELECT item, sum(count) AS n FROM metrics
                             WHERE scope = 'corpus' AND metric = 'term' GROUP BY 1) AS summed
           LEFT JOIN (SELECT coalesce(normal, text) AS item, count(*) AS n FROM tokens GROUP BY 1) AS counted
           USING (item) WHERE counted.n IS NULL OR summed.n > counted.n""",
    )
    check(one(db, "SELECT count(*) FROM metrics WHERE metric = 'term'"), "metrics: no term at all")


def main(out, schemas):
    db = duckdb.connect()
    tables = {}
    for table in TABLES:
        contract = json.loads((schemas / f"{table}.json").read_text("utf-8"))
        same(f"{table}: name in its contract", table, contract["table"])
        tables[table] = check_table(out, table, contract["columns"], db)
        print(f"{table}: {tables[table].num_rows} rows, the same by pyarrow, polars, DuckDB and deltalake")
    for table in ["sentences", "tokens", "entities", "quotes"]:
        print(f"{table}: {check_slices(tables, table)} texts are where they say")
    print(f"enumerations: {check_slices(tables, 'enumerations', 'name')} names are where they say")
    print(f"edits: {check_edits(tables)} are where they say")
    records, rejects = check_accounts(db)
    print(f"accounts: {records} records in documents, {rejects} rejects, none in both")
    check_order(db)
    print("tokens: in order, without overlap")
    check_metrics(db)
    print("metrics: sums over epochs equal a recount")
    print(f"all well: {len(TABLES)} tables, four readers")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
