namespace OpsChat.ShopData.Tables;

/// <summary>One line of a file as it stands there: nothing is interpreted yet.</summary>
/// <param name="Line">1-based line (in a workbook: row) where it starts.</param>
/// <param name="Cells">Trimmed, without the apostrophe or tab that keeps Excel from reading an id as a number.</param>
/// <param name="IsMalformed">A quote is opened or closed in the wrong place.</param>
internal sealed record SheetRow(int Line, string[] Cells, bool IsMalformed = false)
{
    public bool IsEmpty => Array.TrueForAll(Cells, cell => cell.Length == 0);

    public int Filled => Cells.Count(cell => cell.Length > 0);
}

/// <summary>A file as lines of cells, before anything is known about what it holds.</summary>
/// <param name="File">The file's name without its folder.</param>
/// <param name="Rows">A text file's lines are cut anew each time, since all the cells of a large one need many times its room.</param>
/// <param name="Remark">What had to be guessed to read it, for the owner; null when nothing was.</param>
internal sealed record Sheet(string File, IEnumerable<SheetRow> Rows, string? Remark = null);
