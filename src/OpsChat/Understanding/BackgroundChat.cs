namespace OpsChat.Understanding;

/// <summary>What people also write to a shop's chat and hardly any playbook is for: small talk, fragments, offers, favours, questions about anything
/// else, in several languages.</summary>
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
        are there any vacancies at your company
        i am looking for a part time job
        can i send you my cv
        do you take interns
        is there any work for a student
        i would like to become a reseller of your things
        how can i be your agent
        can i do dropshipping for you
        i want to sell my own products in your shop
        we want to open a franchise
        i am an influencer and would like to work with you
        let us do a collaboration
        we can build you a better website
        we offer seo services for online shops
        i represent a factory and can offer you good prices
        who is responsible for purchasing in your company
        may i speak to your marketing department
        would you sponsor our charity run
        we are collecting donations for an orphanage
        can you support our school event
        i am a journalist and would like an interview
        can we film in your shop
        i want to hire your place for an event
        can i book a table
        do you have a room to rent
        i would like to visit your workshop
        do you offer tours of the factory
        do you give courses or workshops
        can you teach me how to make this
        can you engrave a name on it
        can you print our logo on them
        do you make things to order by my own drawing
        can you repair something i bought somewhere else
        do you buy used things
        do you take old things in exchange for money
        do you sell gift cards
        do you have a loyalty card
        how do i collect points
        can i become a member
        take me off your mailing list
        i do not want your newsletter any more
        stop sending me text messages
        delete my phone number from your list
        are your things halal certified
        are your products organic certified
        what is your company number
        what is your tax registration number
        who designed your logo
        since when does your company exist
        is there parking near you
        is there a toilet in the shop
        what is the wifi password
        i left my umbrella in your shop
        i lost my wallet
        somebody stole my bike
        do you sell cars
        do you sell phones and laptops
        do you sell concert tickets
        do you have cigarettes
        can you recommend a hotel
        where can i eat well around here
        how do i get to the airport
        which bus goes to the centre
        i need a taxi
        i need an electrician
        my internet does not work
        my phone does not start
        my computer has a virus
        how do i install windows
        how do i get a passport
        how do i apply for a driving licence
        how much tax do i have to pay
        what is the exchange rate of the dollar
        should i buy bitcoin
        can you lend me money
        my cat is ill
        i have a headache
        what is a good medicine for a cold
        recipe for chicken soup
        how many calories does rice have
        how do i grow tomatoes
        please do my homework
        write an essay about the sea
        write a poem
        translate this into english
        what is two plus two
        who is the president
        who won the election
        what do you think about the war
        when is the next football match
        which film should i watch
        are you married
        do you have children
        you are beautiful
        do you believe in god
        will it rain tomorrow
        call my mother please
        ada kerja kosong tak
        nak mohon kerja
        macam mana nak jadi ejen
        nak jadi dropship boleh
        boleh taja program sekolah kami
        nak sewa tempat untuk majlis
        ada kelas menjahit tak
        boleh buat cop nama atas cawan
        buang nombor saya dari senarai
        ada sijil halal tak
        kat mana nak letak kereta
        resepi ayam masak merah
        macam mana nak pergi stesen
        siapa perdana menteri
        tolong siapkan kerja sekolah saya
        esok hujan tak
        kucing saya sakit
        ada lowongan kerja
        mau jadi reseller bagaimana
        bisa minta sponsor
        resep nasi goreng
        siapa presidennya
        """.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Those that say something else than the shop's examples: who gives courses has a playbook for them.</summary>
    public static IReadOnlyList<string> Besides(IReadOnlyList<string> phrases)
    {
        const double Same = 0.5;
        HashSet<string>[] examples = [.. phrases.Select(Words)];
        var having = examples.SelectMany(example => example.Select(word => (word, example))).ToLookup(pair => pair.word, pair => pair.example);
        return [.. Texts.Where(text => !Words(text).SelectMany(word => having[word]).Distinct().Any(example => Alike(Words(text), example) >= Same))];
    }

    /// <summary>The share of their words that two texts have in common, 0 to 1.</summary>
    private static double Alike(HashSet<string> text, HashSet<string> other)
    {
        var common = text.Count(other.Contains);
        return (double)common / (text.Count + other.Count - common);
    }

    private static HashSet<string> Words(string text) => [.. Tokens.Of(text).Where(word => !TextFeatures.Fillers.Contains(word))];
}
