"""Makes the files beside it with LibreOffice Calc, through its Python interface:

    soffice --headless --accept="pipe,name=muster;urp" & python3 make.py FOLDER
"""

import sys
import time
from datetime import datetime

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale
from com.sun.star.util import Date

FOLDER = sys.argv[1].rstrip("/")
XLSX = "Calc MS Excel 2007 XML"


def connect():
    """The office, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(60):
        try:
            return resolver.resolve("uno:pipe,name=muster;urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not start")


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def fill(document):
    """A sheet that is shown, with a hidden row and merged cells, and one that is hidden."""
    sheet = document.Sheets.getByIndex(0)
    sheet.Name = "Menschen"
    formats, locale = document.NumberFormats, Locale("en", "US", "")

    def shown_as(cell, code):
        key = formats.queryKey(code, locale, False)
        cell.NumberFormat = formats.addNew(code, locale) if key == -1 else key

    def text(column, row, value):
        cell = sheet.getCellByPosition(column, row)
        cell.NumberFormat = formats.queryKey("@", locale, False)
        cell.String = value

    def formula(column, row, value):
        sheet.getCellByPosition(column, row).Formula = value

    def number(column, row, value, code):
        cell = sheet.getCellByPosition(column, row)
        cell.Value = value
        shown_as(cell, code)

    def day(column, row, moment, code):
        epoch = document.NullDate
        passed = moment - datetime(epoch.Year, epoch.Month, epoch.Day)
        number(column, row, passed.days + passed.seconds / 86_400, code)

    for column, name in enumerate(["username", "last_name", "joined", "share", "active", "result", "badge", "number"]):
        text(column, 0, name)
    people = [
        # Accents; a day; a share with a decimal; yes; an error; zeros in front; more digits than a number has.
        ("ada", "Müller-Lüdenscheidt", (datetime(2021, 3, 4), "DD.MM.YYYY"), (0.125, "0.0%"), "=TRUE()", "=1/0", "007", "12345678901234567890"),
        # A day and a time; no; another error; zeros that the format adds.
        ("zoë", "Œuvré & Søn €", (datetime(1999, 12, 31, 23, 45), "YYYY-MM-DD HH:MM"), (1, "0%"), "=FALSE()", "=NA()", None, "0049 170 1"),
        ("hidden", "Versteckt", (datetime(2000, 2, 29), "YYYY-MM-DD"), (0.5, "0%"), "=TRUE()", "=1+1", "08", "1"),
        ("olga", "Иванова, 田中", (datetime(1904, 1, 2), "MM/DD/YYYY"), (-0.05, "0%"), "=TRUE()", '="quote "" and\n line"', "1e5", "2"),
    ]
    for row, (username, last_name, joined, share, active, result, badge, long) in enumerate(people, 1):
        text(0, row, username)
        text(1, row, last_name)
        day(2, row, *joined)
        number(3, row, *share)
        formula(4, row, active)
        formula(5, row, result)
        if badge is None:
            number(6, row, 7, "000")
        else:
            text(6, row, badge)
        text(7, row, long)
    sheet.Rows.getByIndex(3).IsVisible = False
    text(0, 5, "erik")
    text(1, 5, "over two")
    sheet.getCellRangeByName("B6:C6").merge(True)
    document.Sheets.insertNewByName("Geheim", 1)
    hidden = document.Sheets.getByName("Geheim")
    hidden.getCellByPosition(0, 0).String = "username"
    hidden.getCellByPosition(0, 1).String = "mallory"
    hidden.IsVisible = False


office = connect()
desktop = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
for epoch in (1900, 1904):
    document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
    if epoch == 1904:
        document.NullDate = Date(1, 1, 1904)
    fill(document)

    def save(name, **values):
        document.storeToURL(f"file://{FOLDER}/{name}", properties(**values))

    if epoch == 1904:
        save("people-1904.xlsx", FilterName=XLSX)
    else:
        save("people.xlsx", FilterName=XLSX)
        save("people.ods", FilterName="calc8")
        save("people.xls", FilterName="MS Excel 97")
        password = NamedValue(Name="OOXPassword", Value="correct horse")
        kind = NamedValue(Name="CryptoType", Value="StrongEncryptionDataSpace")
        save("password.xlsx", FilterName=XLSX, EncryptionData=uno.Any("[]com.sun.star.beans.NamedValue", (kind, password)))
        csv = "Text - txt - csv (StarCalc)"
        # Delimiter, quote, encoding, first line; then all texts quoted or not, cells as they are shown.
        save("people-utf8.csv", FilterName=csv, FilterOptions="44,34,76,1,,0,false,true,true,false")
        save("people-windows.csv", FilterName=csv, FilterOptions="59,34,1,1,,0,true,true,true,false")
    document.close(True)
try:
    desktop.terminate()
except Exception:  # It is gone before it answers.
    pass
