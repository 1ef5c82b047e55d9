using OpsChat.Facts;
using OpsChat.ShopData.Tables;

namespace OpsChat.ShopData.Orders;

/// <summary>Reads customers: one row each, known by e-mail. Rows without one (phone only) say nothing that is needed.</summary>
internal static class CustomersFeed
{
    public static readonly Column Email = new("customer's e-mail", "Email", "E-mail", "Customer Email");
    public static readonly Column FirstName = new("first name", "First Name", "Given Name");
    public static readonly Column LastName = new("last name", "Last Name", "Family Name");
    public static readonly Column TotalSpent = new("total spent", "Total Spent");
    public static readonly Column Orders = new("number of orders", "Total Orders", "Orders Count");

    public static IEnumerable<Column> Columns => [Email, FirstName, LastName, TotalSpent, Orders];

    public static IReadOnlyList<Customer> Read(FeedTable table) =>
        [
            .. table
                .Rows.Select(row => (row, Email: row.Text(Email) is { } text ? CustomerDetail.Email(text) : null))
                .Where(c => c.Email is not null)
                .Select(c => new Customer(
                    c.Email!,
                    c.row.Text(FirstName),
                    c.row.Text(LastName),
                    c.row.Amount(TotalSpent, c.row.Table.Reading.Currency).Value,
                    c.row.Count(Orders).Value,
                    c.row.Source
                )),
        ];
}
