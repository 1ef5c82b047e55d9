namespace OpsChat.Facts.Csv;

/// <summary>Reads customers.csv: one row a customer, known by e-mail.</summary>
internal static class CustomersFile
{
    private static readonly Column s_email = new("customer's e-mail", "Email", "E-mail", "Customer Email");
    private static readonly Column s_firstName = new("first name", "First Name", "Given Name");
    private static readonly Column s_lastName = new("last name", "Last Name", "Family Name");
    private static readonly Column s_totalSpent = new("total spent", "Total Spent");
    private static readonly Column s_orders = new("number of orders", "Total Orders", "Orders Count");

    public static IReadOnlyList<Customer>? Read(CsvTable table, CsvReading reading) => table.Require(s_email)
        ?
        [
            .. table.Rows.Where(row => row.Text(s_email) is not null).Select(row => new Customer(
                row.Text(s_email)!.ToLowerInvariant(),
                row.Text(s_firstName),
                row.Text(s_lastName),
                row.Amount(s_totalSpent, reading.Currency),
                row.Count(s_orders),
                reading.SourceOf(row))),
        ]
        : null;
}
