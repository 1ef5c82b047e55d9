using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;

namespace OpsChat.Host.Web.Passkeys;

/// <summary>
/// Signing in with a passkey, and adding one. Who signs in needs no anti-forgery token, as with the other ways: a stranger's form has no device that
/// signs for this site. A browser that knows no passkeys shows none of it.
/// </summary>
static class PasskeyEndpoints
{
    private const string Page = "/owner/people";

    public static void AddPasskeys(this IServiceCollection services)
    {
        services.AddIdentityCore<PasskeyPerson>();
        services.AddScoped<IUserStore<PasskeyPerson>, PasskeyStore>();
        services.AddScoped<PasskeyStore>();
        services.AddScoped<IPasskeyHandler<PasskeyPerson>, PasskeyHandler<PasskeyPerson>>();
        services.AddSingleton<PasskeyStates>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // It takes the place of link and token alike, so it has to be found without a name, and the device has to know its person.
            passkeys.ResidentKeyRequirement = "required";
            passkeys.UserVerificationRequirement = "required";
            // The browser's own word for where the page is, which it signed; what a proxy changes of scheme and headers is no part of it.
            passkeys.ValidateOrigin = asked => ValueTask.FromResult(
                !asked.CrossOrigin
                    && Uri.TryCreate(asked.Origin, UriKind.Absolute, out var from)
                    && string.Equals(from.Authority, asked.HttpContext.Request.Host.Value, StringComparison.OrdinalIgnoreCase)
            );
        });
    }

    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/owner/sign-in/passkey/ask", AskAsync).DisableAntiforgery();
        routes.MapPost("/owner/sign-in/passkey", SignInAsync).DisableAntiforgery().AddEndpointFilter(OwnerForms.RefuseEmptyAsync);
        var own = routes
            .MapGroup("/owner/passkeys")
            .RequireAuthorization(OwnerAccess.Policy)
            .Needs(Right.Look)
            .AddEndpointFilter(OwnerForms.RefuseEmptyAsync)
            .AddEndpointFilter(OwnerForms.TellTroubleAsync);
        own.MapPost("/ask", AskForNewAsync);
        own.MapPost("/add", AddAsync);
        own.MapPost("/remove", RemoveAsync);
    }

    private static async Task<IResult> AskAsync(
        HttpContext context,
        IPasskeyHandler<PasskeyPerson> handler,
        PasskeyStates states,
        AddressLimits limits
    )
    {
        if (await limits.SignInAsync(context) is { } wait)
        {
            return Problems.TooMany(context, wait);
        }

        var asked = await handler.MakeRequestOptionsAsync(user: null, context);
        var state = await states.KeepAsync(asked.AssertionState, context.RequestAborted);
        return Results.Json(new { state, options = JsonDocument.Parse(asked.RequestOptionsJson).RootElement });
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] PasskeyForm form,
        HttpContext context,
        IPasskeyHandler<PasskeyPerson> handler,
        PasskeyStore store,
        PasskeyStates states,
        Approvers people,
        AddressLimits limits
    )
    {
        if (await limits.SignInAsync(context) is { } wait)
        {
            return Problems.TooMany(context, wait);
        }

        var state = await states.TakeAsync(form.State ?? "", context.RequestAborted);
        var found = state is null || string.IsNullOrEmpty(form.Credential)
            ? null
            : await handler.PerformAssertionAsync(
                new()
                {
                    HttpContext = context,
                    CredentialJson = form.Credential,
                    AssertionState = state,
                }
            );
        if (found is not { Succeeded: true } || people.ByName(found.User.Name) is not { } who || who.Seal != found.User.Seal)
        {
            return Results.Redirect("/owner/sign-in?failed=1");
        }

        await store.AddOrUpdatePasskeyAsync(found.User, found.Passkey, context.RequestAborted);
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            OwnerAccess.Principal(who, CookieAuthenticationDefaults.AuthenticationScheme)
        );
        return Results.Redirect("/owner");
    }

    private static async Task<IResult> AskForNewAsync(
        [FromForm] PasskeyForm form,
        HttpContext context,
        IPasskeyHandler<PasskeyPerson> handler,
        PasskeyStates states,
        Approvers people
    )
    {
        var who = PersonOf(context, people);
        var asked = await handler.MakeCreationOptionsAsync(
            new()
            {
                Id = who.Handle,
                Name = who.Name,
                DisplayName = who.Name,
            },
            context
        );
        return Results.Json(
            new
            {
                state = await states.KeepAsync(asked.AttestationState, context.RequestAborted),
                options = JsonDocument.Parse(asked.CreationOptionsJson).RootElement,
            }
        );
    }

    private static async Task<IResult> AddAsync(
        [FromForm] PasskeyForm form,
        HttpContext context,
        IPasskeyHandler<PasskeyPerson> handler,
        PasskeyStore store,
        PasskeyStates states,
        Approvers people,
        FlashNote note
    )
    {
        var (who, state) = (PersonOf(context, people), await states.TakeAsync(form.State ?? "", context.RequestAborted));
        var made = state is null || string.IsNullOrEmpty(form.Credential)
            ? null
            : await handler.PerformAttestationAsync(
                new()
                {
                    HttpContext = context,
                    CredentialJson = form.Credential,
                    AttestationState = state,
                }
            );
        if (made is not { Succeeded: true } || made.UserEntity.Id != who.Handle)
        {
            return OwnerForms.Back(context, note,
                FormEnd.NotDone("Nothing was added: the device's answer did not fit, or came too late. Try again."), Page);
        }

        await store.AddOrUpdatePasskeyAsync(who, made.Passkey, context.RequestAborted);
        return OwnerForms.Back(context, note, "The passkey is added. It signs you in on the sign-in page.", Page);
    }

    private static async Task<IResult> RemoveAsync(
        [FromForm] PasskeyForm form,
        HttpContext context,
        PasskeyStore store,
        Approvers people,
        FlashNote note
    )
    {
        var id = new byte[(form.Id ?? "").Length];
        if (!Convert.TryFromBase64String(form.Id ?? "", id, out var length))
        {
            return OwnerForms.Back(context, note, FormEnd.NotDone("Nothing was removed: there is no such passkey."), Page);
        }

        await store.RemovePasskeyAsync(PersonOf(context, people), id[..length], context.RequestAborted);
        return OwnerForms.Back(context, note, "The passkey signs nobody in any more. Your device may still list it.", Page);
    }

    private static PasskeyPerson PersonOf(HttpContext context, Approvers people)
    {
        var who = people.ByName(context.ApproverOf().Name)
            ?? throw new InvalidOperationException("Whoever is let through is somebody of the shop.");
        return new(who.Approver.Name, who.Seal);
    }
}

sealed record PasskeyForm : PostedForm
{
    /// <summary>Of what was asked.</summary>
    public string? State { get; init; }

    /// <summary>The device's answer, as JSON.</summary>
    public string? Credential { get; init; }

    /// <summary>Of the credential, base64.</summary>
    public string? Id { get; init; }
}
