using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

/// <summary>Five playbooks of a small shop.</summary>
internal static class SmallShop
{
    public static IReadOnlyList<IssueExamples> Issues { get; } =
    [
        new(
            "where-is-my-order",
            "Where a parcel is.",
            [
                "where is my order",
                "my parcel has not arrived",
                "bila barang saya sampai",
                "track my order",
                "when will it arrive",
                "order status",
                "any tracking number",
            ]
        ),
        new(
            "change-address",
            "Another address.",
            [
                "change my address",
                "i moved, please send it elsewhere",
                "wrong address on my order",
                "tukar alamat",
                "can i change the delivery address",
            ]
        ),
        new(
            "return-item",
            "Sending back.",
            ["i want to return this", "how do i send it back", "return my item", "pulangkan barang", "can i return it"]
        ),
        new(
            "opening-hours",
            "When the shop is open.",
            ["when do you open", "opening hours", "are you open on sunday", "jam buka", "what time do you close"]
        ),
        new(
            "damaged-item",
            "Something is broken.",
            ["it arrived broken", "the mug is cracked", "barang rosak", "parcel damaged", "my item came damaged"]
        ),
    ];
}
