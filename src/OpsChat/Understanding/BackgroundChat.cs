namespace OpsChat.Understanding;

/// <summary>What people also write to a shop's chat and no playbook is for: small talk, fragments, questions about anything else, in several
/// languages.</summary>
internal static class BackgroundChat
{
    public static IReadOnlyList<string> Texts { get; } = """
        what is the weather today
        tell me a joke
        who are you
        are you a robot
        are you a real person
        what is your name
        my name is anna
        how old are you
        where do you live
        i am from the city
        i live near the station
        what time is it
        i am busy now
        i will think about it
        let me check with my wife
        i will tell you later
        i do not know
        i am not sure
        yes i did that already
        no i did not
        what do you mean
        i dont understand
        can you repeat that
        please explain
        what is this
        what should i do now
        it is not showing
        nothing is there
        this is not working
        nothing happens when i click
        the page does not load
        i already sent you an email
        nobody answers
        you are useless
        this is stupid
        very bad service
        shut up
        i love you
        you are so funny
        happy birthday
        merry christmas
        how was your weekend
        did you watch the game
        who won the match yesterday
        what is the capital of france
        how do i cook rice
        sing me a song
        play some music
        set an alarm for tomorrow
        what is the meaning of life
        can i ask you something
        i have a question
        i have a doubt
        i need some information
        give me details
        send me the details
        send me photos
        do you have whatsapp
        what is your email
        do you speak english
        can you speak another language
        main menu
        go back
        other
        something else
        none of these
        test
        testing
        123
        9876543210
        name@mail.com
        monday
        tomorrow morning
        next week
        yes tomorrow is fine
        on the second floor
        my mother
        it is for my brother
        i saw it on facebook
        my friend told me about you
        are you hiring
        i want a job
        who is the owner
        where is your company from
        i am a student
        good idea
        that is too much
        really
        are you sure
        why
        why not
        how
        when
        where
        which one
        who
        how many
        what about this one
        and the other one
        the black one
        two of them
        both
        first one
        i want it
        show me more
        see more
        is it good
        is it safe
        what happened
        any news
        please hurry
        i am waiting
        wait
        one minute
        sorry wrong chat
        sorry my mistake
        ignore that
        forget it
        apa khabar
        siapa nama awak
        saya tak tahu
        nanti saya beritahu
        tunggu sekejap
        apa maksud awak
        saya tidak mengerti
        besok saya kabari
        kamu siapa
        bisa bahasa inggris
        hindi ko alam
        ano ito
        sandali lang
        toi khong hieu
        ban la ai
        cho toi chut
        no entiendo
        quien eres
        espera un momento
        nao entendi
        quem e voce
        """.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
