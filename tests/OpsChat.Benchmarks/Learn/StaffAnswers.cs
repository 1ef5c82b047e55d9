using System.Globalization;

namespace OpsChat.Benchmarks.Learn;

/// <summary>
/// The hidden key of simulated staff: what they answer to an issue, in ever other wordings, with a name, a greeting and sometimes a number of the
/// customer's in it, as people do. An issue that the key does not know gets an answer made of its name.
/// </summary>
sealed class StaffAnswers(int seed)
{
    private static readonly string[] s_names =
    [
        "Aisha",
        "Ben",
        "Chandra",
        "Divya",
        "Ewa",
        "Faisal",
        "Gita",
        "Hana",
        "Ivan",
        "Jun",
        "Kavya",
        "Lim",
        "Mei",
        "Nuria",
        "Omar",
        "Priya",
    ];
    private static readonly string[] s_ends =
    [
        "",
        "",
        "",
        " Have a nice day!",
        " Let me know if you need anything else.",
        " Thanks for your patience.",
    ];

    private readonly Dictionary<string, string[][]> _key = Read();
    private readonly Random _random = new(seed);

    /// <summary>The first wording of each part: what an owner would write into the playbook.</summary>
    public string Owners(string issue) => string.Join(' ', Parts(issue).Select(part => part[0]));

    /// <summary>What a person writes to one customer.</summary>
    public string Persons(string issue)
    {
        var parts = Parts(issue).Select(part => part[_random.Next(part.Length)]);
        var name = s_names[_random.Next(s_names.Length)];
        var greeting = _random.Next(4) switch { 0 => $"Hi {name}, ", 1 => "Hello! ", 2 => $"Dear {name}, ", _ => "" };
        var number = _random.Next(5) == 0 ? string.Create(CultureInfo.InvariantCulture, $" Your ticket is {_random.Next(10_000, 99_999)}.") : "";
        return greeting + string.Join(' ', parts) + number + s_ends[_random.Next(s_ends.Length)];
    }

    private string[][] Parts(string issue)
    {
        var words = issue.Replace('-', ' ');
        return _key.GetValueOrDefault(issue) ??
        [
            [$"All about {words} is on our page {words}, please have a look there.", $"Please look at the page {words}, it has all about {words}."],
            [$"Should {words} still be unclear, our {words} desk helps at once.", $"Our {words} desk helps at once with {words}."],
        ];
    }

    private static Dictionary<string, string[][]> Read()
    {
        using var stream = typeof(StaffAnswers).Assembly.GetManifestResourceStream("staff-answers.txt")!;
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Split('\n')
            .Where(line => line.Contains('|', StringComparison.Ordinal) && line[0] != '#')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(parts => parts[0], parts => parts[1..].Select(part => part.Split(" / ")).ToArray());
    }
}
