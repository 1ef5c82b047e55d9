using Microsoft.Extensions.AI;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Approvals;

/// <summary>What a model proposes to do with an order's money, where the shop's data do not say how much is left of it.</summary>
public sealed class A_proposed_action : IAsyncLifetime
{
    private static readonly Approver s_staff = new Person("Mei", PersonRole.Staff, null, "key", DateTimeOffset.UnixEpoch, "owner").AsApprover();
    private readonly TemporaryFolder _exports = new();
    private ShopUnderTest _shop = null!;
    private Approval _card = null!;

    public async Task InitializeAsync()
    {
        foreach (var file in Directory.GetFiles(Repository.DemoShop))
        {
            var text = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(_exports.File(Path.GetFileName(file)), text
                .Replace(",Refunded Amount,", ",Remark,", StringComparison.Ordinal)
                .Replace("#1293,priya.nair@example.com,paid,", "#1293,priya.nair@example.com,partially_refunded,", StringComparison.Ordinal));
        }

        _shop = await ShopUnderTest.OpenAsync(exports: _exports.Path, model: new ProposingModel());
        await _shop.SayAsync("priya", "where is my order #1293? my e-mail is priya.nair@example.com");
        await _shop.SayAsync("priya", "could you paint the whole thing purple for the wedding of my cousin");
        _card = (await _shop.PendingAsync()).Single();
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        _exports.Dispose();
    }

    [Fact]
    public async Task moves_money_whatever_its_text_says_and_however_it_is_edited_or_comes_back()
    {
        (_card.Action, _card.OrderNumber, _card.Amount, _card.MovesMoney).Should().Be(("refund", "#1293", (Money?)null, true));
        AmountAtStake.StakeOf(_card.Text, _card.Amount, _card.Facts).Should().Be(MoneyStake.None, "the words alone do not tell");
        foreach (var who in new[] { s_staff, new Approver("Ahmad", 10, 0) })
        {
            (await _shop.DecideAsync(_card, new ApprovalVerb.Approve(Confirmation.OfWhatWasShown), who)).Should().BeOfType<DeskAnswer.NotAllowed>();
        }

        await _shop.DecideAsync(_card, new ApprovalVerb.Edit("We look after it today."), s_staff);
        var edited = (await _shop.PendingAsync()).Single();
        (edited.Text, edited.Amount, edited.MovesMoney).Should().Be(("We look after it today.", (Money?)null, true));
        (await _shop.DecideAsync(edited, new ApprovalVerb.Approve(), s_staff)).Should().BeOfType<DeskAnswer.NotAllowed>();

        // Nobody decides in time: the text lies with a person, and sending it is still approving the refund.
        _shop.Clock.Advance(edited.ExpiresAt - _shop.Clock.GetUtcNow());
        await _shop.Get<ApprovalClock>().LookAsync(CancellationToken.None);
        (await AnswerAsync(s_staff, edited.Text)).Should().BeOfType<PersonAnswer.NotAllowed>();
        (await _shop.Store.ReadAsync(session => session.ToDos.Open(), default)).Should().BeEmpty();

        (await AnswerAsync(_shop.Owner, edited.Text)).Should().BeOfType<PersonAnswer.Confirm>("nobody knows what is left of the order");
        (await AnswerAsync(_shop.Owner, edited.Text, Confirmation.OfWhatWasShown)).Should().BeOfType<PersonAnswer.Sent>();
        await _shop.SendAsync();
        (await _shop.Store.ReadAsync(session => session.ToDos.Open(), default)).Should().ContainSingle().Which.Action.Should().Be("refund");
    }

    [Fact]
    public async Task counts_in_the_ledger_of_its_order_once_the_owner_approved_it()
    {
        (await _shop.DecideAsync(_card, new ApprovalVerb.Approve())).Should().BeOfType<DeskAnswer.Confirm>("nobody knows what is left of the order");
        (await _shop.DecideAsync(_card, new ApprovalVerb.Approve(Confirmation.OfWhatWasShown))).Should().BeOfType<DeskAnswer.Done>();

        var now = (await _shop.Store.ReadAsync(session => session.Approvals.Find(_card.Id), default))!;
        now.State.Should().Be(ApprovalState.Sent);
        OrderCards.Approved([now]).Should().ContainSingle();
    }

    private async Task<PersonAnswer> AnswerAsync(Approver who, string text, Confirmation? confirmed = null)
    {
        var card = (await _shop.HandOffsAsync()).First(open => open.Suggestion == text);
        return await _shop.Get<PersonDesk>().AnswerAsync(who, card.Id, text, CancellationToken.None, confirmed: confirmed);
    }

    /// <summary>Proposes a refund wherever it may look something up, and says nothing of it.</summary>
    private sealed class ProposingModel : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            var given = messages.ToList();
            var asks = options?.Tools?.Any(tool => tool.Name.EndsWith("propose_refund", StringComparison.Ordinal)) == true
                && !given.Any(message => message.Contents.OfType<FunctionResultContent>().Any());
            var said = asks
                ? new ChatMessage(
                    ChatRole.Assistant,
                    [
                        new FunctionCallContent(
                            "call-1",
                            options!.Tools!.First(tool => tool.Name.EndsWith("propose_refund", StringComparison.Ordinal)).Name,
                            new Dictionary<string, object?> { ["reason"] = "the customer is unhappy" }
                        ),
                    ]
                )
                : new ChatMessage(
                    ChatRole.Assistant,
                    new Jobs { Suggest = _ => "A colleague looks at it." }.Answer(string.Concat(given.Select(message => message.Text)))
                );
            return Task.FromResult(
                new ChatResponse(said)
                {
                    FinishReason = asks ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
                    Usage = new() { InputTokenCount = 100, OutputTokenCount = 20 },
                }
            );
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
        )
        {
            foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, "test") : null;

        public void Dispose() { }
    }
}
