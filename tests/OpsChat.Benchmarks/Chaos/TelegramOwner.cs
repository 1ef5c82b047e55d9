using System.Collections.Concurrent;
using OpsChat.Channels.Telegram;
using OpsChat.Testing.Telegram;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>
/// An approver at work in the owners' group: taps buttons of cards as they stand there, old ones and some twice at once, and writes commands that
/// change the canary. What the bot answers to a tap is noted as a decision that was acknowledged.
/// </summary>
sealed class TelegramOwner(OwnerGroup group, Owner approver, int seed)
{
    private const double LongestPauseSeconds = 1.2;
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(8);

    private readonly Random _random = new(seed + 3);
    private readonly ConcurrentQueue<Task> _listening = new();

    public ConcurrentQueue<DecisionTaken> Taken { get; } = new();

    /// <summary>Taps that were made, whether or not an answer came.</summary>
    public int Taps { get; private set; }

    /// <summary>How often the group was told that nobody knows whether a message left.</summary>
    public int ToldUncertain => group.Messages.Sum(m => Occurrences(m.Text ?? "", StoreCheck.UncertainNotice));

    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Act();
            await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * LongestPauseSeconds), TimeProvider.System, stop)
                .ContinueWith(_ => { }, TaskScheduler.Default);
        }

        // Nothing stays paused or at a percentage that somebody drew.
        approver.Write("/resume");
        await Task.WhenAll(_listening);
    }

    private void Act()
    {
        if (_random.Next(12) == 0)
        {
            approver.Write(_random.Next(8) switch { 0 => "/pause", <= 4 => "/resume", _ => $"/canary {_random.Next(101)}" });
            return;
        }

        var cards = group.Messages.Where(m => m.Buttons.Count > 0).ToList();
        if (cards.Count == 0)
        {
            return;
        }

        var card = cards[_random.Next(cards.Count)];
        var buttons = card.AllButtons.Where(b => b.Data is not null).ToList();
        var button =
            buttons.FirstOrDefault(b => b.Text is "✅ Approve" or "✅ Send as it is") is { } yes && _random.Next(2) == 0
                ? yes
                : buttons[_random.Next(buttons.Count)];
        foreach (var _ in Enumerable.Range(0, _random.Next(4) == 0 ? 2 : 1))
        {
            Taps++;
            _listening.Enqueue(ListenAsync(approver.Tap(card, button.Text), button.Data!));
        }
    }

    private async Task ListenAsync(Tap tap, string data)
    {
        try
        {
            var answer = await tap.Answer.WaitAsync(s_answerWithin, TimeProvider.System);
            if (ButtonSeal.Read(data) is { } what && VerbOf(answer.Text) is { } verb)
            {
                Taken.Enqueue(new(what.Subject, verb, ""));
            }
        }
        catch (TimeoutException)
        {
            // Killed before it answered: whether it was decided is seen in the store.
        }
    }

    private static string? VerbOf(string answer) => answer switch
    {
        _ when answer.StartsWith("Approved.", StringComparison.Ordinal) => "approve",
        _ when answer.StartsWith("Rejected.", StringComparison.Ordinal) => "reject",
        _ when answer.StartsWith("It is yours.", StringComparison.Ordinal) => "takeover",
        _ => null,
    };

    private static int Occurrences(string text, string what) => text.Split(what).Length - 1;
}
