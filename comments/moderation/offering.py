# ruff: noqa: E501 (one phrase on a line, however long, as in phrases)
"""The grammar of those who offer: “we ship”, “our next course”, “two places left”.

A family, a village and a team say “we” as well, so that what follows decides: a verb of
offering, or a thing that is offered. What one knows only from inside (places, prices,
hours, codes) is told as well by friends; it says little where there is nothing else.

Patterns are matched on folded text, as those of ``phrases`` are.
"""

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


_WEEKDAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday)s?"
)
_MONTH = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|"
    r"decembre|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|the new year|the autumn|the spring|spring|autumn|l'automne|la rentree|noel|paques|christmas|easter)"
)
_WHEN = rf"(?:(?:on|in|from|this|next|at|every|le|en|ce|cette|des|au|a|a partir de|a partir du|tous les) ?(?:the |les )?(?:first |premier )?(?:{_WEEKDAY}|{_MONTH}|\d{{1,2}}(?:er|st|nd|rd|th)\b|\d{{1,2}} ?(?:{_MONTH}|h\b|am\b|pm\b)|week|weekend|month|mois|semaine))"
_NUMBER = r"(?:\d{1,3}|a few|few|some|two|three|four|five|six|seven|eight|ten|a couple of|last|final|several|quelques|deux|trois|quatre|cinq|six|sept|huit|dix|dernieres|une dizaine de|plusieurs)"
_PLACES = r"(?:places?|spots?|seats?|spaces?|slots?|tickets?|rooms?|tables?|berths?|desks?|creneaux?|billets?|chambres?|plots?)"
_OFFERED = r"(?:sessions?|courses?|cours|classes|class|workshops?|ateliers?|stages?|evenings?|soirees?|meet-?ups?|meetings?|open (?:day|evening|house|weekend|studio)s?|portes ouvertes|concerts?|shows?|spectacles?|events?|evenements?|fetes?|fairs?|sales?|ventes?|batch(?:es)?|fournees?|releases?|versions?|editions?|shipments?|deliver(?:y|ies)|livraisons?|guided tours?|walks?|sorties?|balades?|retreats?|terms?|trimestres?|programmes?|programs?|collections?|catalogues?|menus?|numeros?|issues?|permanences?|reunions?|rencontres?|seances?|formations?|repetitions?|rehearsals?|webinars?|webinaires?|conferences?|distributions?|paniers?|boxes?|visites?|journees?|kits?)"
_NEXT = r"(?:next|first|new|upcoming|latest|autumn|spring|summer|winter|weekly|monthly|annual|free|evening|beginners'?|taster|trial|prochaine?s?|nouve(?:au|aux|lle|lles)|premiere?s?)"
_JUST = r"(?:(?:just|also|now|still|only|even|always|usually|currently|actually|already|finally|gladly|happily|will|can|do|have|are|'ve|'re|'ll|even) )*"

WE_OFFER = _any(
    # French: “nous”, and “on” where it can hardly be people in general.
    r"nous (?:(?:y|en|vous|les|la|le|leur|lui) ){0,2}(?:venons (?:tout juste )?(?:d'|de )|allons |avons (?:deja |enfin |aussi |meme |tout )?)?(?:organis|propos|offr|anim|fabriqu|livr|expedi|vend|lanc|accueill|accompagn|form(?:ons|er)|edit(?:ons|er|e)|publi|recrut|presentons|presenterons|tenons (?:un|une|des)|developp|concev|concu|confectionn|torrefi|produi|imprim|heberg|distribu|inaugur|garanti|gard(?:ons|erons) (?:vos|votre)|assurons|enseign|intervenons|serons (?:presents?|ouverts?)|sommes (?:ouverts?|joignable|a votre|la pour vous))\w{0,6}",
    r"on (?:vous (?:y |en |les |le |la )?(?:accueill|attend|propos|prepar|gard|livr|montr|form|accompagn|pret|offr|explique|fait (?:visiter|gouter|essayer|decouvrir)|aide|conseill|recoit|installe|reserv|envoi|expedi|trouver|rappell|ouvr|dira|explique)|(?:vient|va) (?:tout juste |juste |enfin |bientot )?(?:d'ouvrir|de lancer|de sortir|d'ajouter|ouvrir|lancer|sortir|organiser|proposer)|(?:les? |la |en |y )?(?:livre|expedie|fabrique|propose|organise|recrute|accueille|vend|loue|coud|torrefie|brasse|edite|heberge|anime) ?(?:nous-memes|a domicile|partout|dans|sur|des|les|une?|le|la|chaque|tous|aussi|en|gratuitement)?|a (?:encore|aussi|justement|enfin|meme)? ?(?:quelques|deux|trois|quatre|cinq|une|des|de nouveaux|de nouvelles) (?:places?|creneaux?|tables?|chambres?|dates?)|est ouverts?|cherche (?:des|encore|justement) (?:benevoles|volontaires|familles|choristes|musiciens|joueurs|adherents|membres)|a (?:ouvert|lance|cree|fonde|developpe|concu|sorti|mis en) )\w{0,6}",
    rf"(?:notre|nos) {_NEXT} {_OFFERED}",
    r"(?:nous (?:rejoindre|contacter|rendre visite|ecrire|appeler|suivre|soutenir|trouver|decouvrir)|(?:rejoi\w{2,6}|contact\w{1,3}|ecri\w{1,4}|appel\w{1,4}|retrouv\w{1,4}|suiv\w{1,3}|sout\w{2,6}|visit\w{1,3})-nous|(?:venez|passez|viens|passe) (?:donc |vite )?nous (?:voir|rencontrer|dire|rejoindre|rendre)|(?:chez|avec|a) nous(?:,| ?:)? (?:vous|les (?:cours|places|tarifs|inscriptions|eleves|clients|enfants)|tout est|le (?:cours|premier)|la (?:premiere|seance)))",
    r"(?:cous|fabriqu|fait|cuit|mont|cueill|prepar|dessin|imprim|cultiv|brass)\w{0,4} (?:par nos soins|nous-memes|chez nous|dans nos|dans notre)",
    # English
    rf"we(?:'ve|'re|'ll|'d)? {_JUST}(?:offer|host|ship|deliver|stock|sell|train|teach|welcome|organi[sz]e|cater|hire out|rent out|publish|supply|manufacture|run (?:a|an|the|it|them|free|our|weekly|monthly|every|regular|classes|courses|workshops|sessions|trips|tours)|hold (?:a|an|our|open|weekly|monthly|free|regular|classes|meetings|workshops)|open (?:at|on|every|from|our|again|up|until|till|daily|to)|do (?:free|private|house calls|home visits|group|repairs|deliver|mail order|gift|vouchers)|make (?:them|ours|all our|every|each|and|everything) (?:by|here|in|our|from|to|ourselves|of|one|item|piece)|refund|guarantee|accept|take (?:bookings|orders|walk-ins|card|beginners|all levels|groups|children|dogs|on)|specialis?z?e|come (?:out )?to you)(?:ed|ing|s|es)?",
    r"we(?:'ve| have)? (?:just |recently |finally |only |also |now |even |always )*(?:designed|created|developed|launched|released|founded|opened|published|invented) (?:it|this|these|them|our|the (?:app|site|shop|tool|club|group|charity|café|cafe|project|course|service|first|new|website|podcast|company)|a (?:new|second|free|shop|small))",
    r"we(?:'ve| have) (?:just|recently|finally|now|also) (?:put in|added|opened|launched|started|released|taken on|extended|installed|restocked|published|announced)",
    r"we(?:'re| are) (?:just |now |also |currently |always |still |based |open |back |there |here |usually |running |hosting |holding |offering |launching |opening |looking for |taking |hiring |recruiting |shipping |planning |giving away |doing (?:a|another|free) ){1,3}(?:a |an |the |our |more |new |in |on |every |for |to |until |bookings|orders|volunteers|members|free|from|all|daily)?",
    rf"we(?:'ve| have|'ll have| still have)? (?:still |just |also |now |only |already |even )*(?:got |have |have got |put in |opened |added |launched |kept )?(?:room for|availability|(?:a |an |one |another |the |our )?(?:{_NUMBER} |new |free |second |spare |extra |last |more |whole |few ){{0,3}}{_PLACES}(?: left| for| on| in| open| available| free|,|\.|$))",
    rf"our (?:\w{{3,12}} )?{_NEXT} (?:\w{{3,12}} )?{_OFFERED}",
    r"(?:join|contact|email|message|follow|support|book with|come and see|come see|pop in and see|drop in on|get in touch with|talk to|write to|stay with|train with|sing with|walk with|volunteer with|learn with|come along and join) us",
    r"(?:made|built|baked|brewed|printed|sewn|knitted|roasted|grown|designed|written|run) (?:entirely |all |lovingly )?(?:by us|in our|at our|by our)",
    r"(?:on est|nous sommes|we are|we're) (?:vite |soon |rapidly |tres |fully |all |nearly |almost |quickly )?(?:debordee?s|complets?|completes|booked(?: up| out)?|sold out|full)",
)

WE_DO = _any(
    r"nous (?:y |en |vous |les |la |le )?(?:venons d'|venons de |avons |allons )?(?:cous|coud|ouvr|ouvert|repar|recev|cultiv|brass|restaur|install|prepar|reserv|soign|lou)\w{1,6}",
    r"on (?:y |en |les? |la )?(?:cous|coud|ouvre|repare|recoit|cultive|brasse|restaure|prepare|reserve|tient|fait|organise)\w{0,3} (?:une?|des|les|la|le|nous-memes|tout|chaque|tous)",
    rf"(?:notre|nos) {_OFFERED}",
    rf"our {_OFFERED}",
    r"we(?:'ve|'re|'ll| have| will| can| also| still| now| just| always| usually)* (?:repair|brew|bake|print|restore|install|grow|meet|fit|collect|cover|serve|support|look after|charge|make|made|built|wrote|started|set up|put together|run|hold|cook)(?:ed|ing|s)?(?: (?:it|them|this|these|all|every|our|on|at|in|a))?",
    r"(?:find|visit|call|ring|meet|ask|see|help) us",
    r"ours (?:are|is) (?:all |hand|hand-?\w{3,9}|made|free|open|\w{3,9}ed) ?\w{0,8}",
)
"""What a house does and a family may do as well."""

INSIDE = (
    # Places, and how to come by one.
    _any(
        rf"(?:il (?:nous )?reste|there(?:'s| is| are)(?: still| only)?|still|only|plus que) (?:encore |plus que |just |only |a |des )?(?:{_NUMBER} )?{_PLACES}",
        rf"{_NUMBER} {_PLACES} (?:left|for|still|available|remaining|restantes?|disponibles?|pour|en)",
        r"(?:bookings?|registrations?|enrol?lments?|sign-?ups?|applications?|inscriptions?|reservations?|adhesions?|pre-?orders?|precommandes?|commandes?) (?:for|are|is|open|close|now|via|through|by|at|on|ouvertes?|ouvre\w{0,2}|jusqu'|avant|des|pour|au|sur|par|en ligne|closes?|until|possibles?|obligatoires?)",
        r"(?:sur|on|by) (?:simple )?(?:inscription|reservation|message|demande|rendez-vous|appointment|request)",
        r"(?:avant|apres|passe) (?:la|le) (?:mi-)?\w{3,9} (?:c'est|on est|il n'y a) (?:complet|trop tard|deborde\w{0,2}|plus)",
        r"(?:message|ask|write|call|ring|text|email) (?:\w{2,5} )?(?:for|about) (?:availability|prices?|a quote|details|dates|info|a place|a table)",
        r"early[- ]bird|waiting list|liste d'attente|no need to book|sans reservation|sans rendez-vous|drop[- ]in|walk-ins?|no booking",
        r"(?:shout|say|holler|ping|ask|email|message) (?:\w{2,6} )?if you(?:'d| would)? (?:fancy|like|want|need)",
    ),
    # Days and hours on which it is held or open.
    _any(
        rf"(?:tous les|toutes les|chaque|every|each|les|most|first|second|third|last|premiers?|deuxiemes?|troisiemes?|derniers?) (?:other |two |deux )?{_WEEKDAY}(?: (?:soirs?|matins?|evenings?|mornings?|afternoons?|nights?))?",
        rf"{_WEEKDAY}(?:,? (?:soir|matin|apres-midi|evening|morning|afternoon|night))?,? (?:a |at |des |de |from )?\d{{1,2}}(?: ?h\b|[:.]\d\d|h\d\d| ?am\b| ?pm\b)(?: ?\d\d)?",
        rf"on {_WEEKDAY}s (?:at|from|and|evenings?)?",
        rf"(?:open|ouverte?s?) (?:from|daily|every|on|till|until|all|du|le|les|tous|toute|de|jusqu'|7|six|seven|{_WEEKDAY})",
        rf"(?:drops|launch(?:es|ing)|opens?|opening|starts?|starting|begins?|beginning|returns|ships|comes out|is out|are out|is running|is on|runs|sortira|sort|ouvre|ouvrira|demarre|debute|reprend(?:ra)?|commence|a lieu|aura lieu|se tient|se tiendra|passe|est reporte\w{{0,2}}) (?:(?:bientot|soon|again|up|a|au|chez|here|the|new|just|officiellement|off|ce|cette) ){{0,2}}{_WHEN}",
        r"(?:out now|now out|now (?:shipping|open|available|in stock)|just (?:launched|opened|released)|vient (?:d'ouvrir|de sortir|de paraitre|d'ajouter|de lancer)|desormais disponible|maintenant (?:les|des|aussi|dans|disponible)|(?:shipping|delivering|livre\w{0,2}) (?:to|en|dans|from|partout|desormais|maintenant) (?:\w{3,12})?|back in stock|de nouveau disponible)",
    ),
    # Prices, and what one saves.
    _any(
        r"(?:[£$€] ?\d{1,5}(?:[.,]\d{1,2})?|\d{1,5}(?:[.,]\d{1,2})? ?(?:€|euros?|francs?|chf|£|\$|pounds?|dollars?)) ?(?:a|per|par|la|le|l'|each|all in|piece|pour|for|the|/|chacune?|tout compris|seulement) ?(?:\w{2,12})?",
        r"(?:from|for|only|just|des|a partir de|seulement|sachet a|a) (?:only |just )?(?:[£$€] ?\d{1,5}|\d{1,5}(?:[.,]\d{1,2})? ?(?:€|euros?|francs?|chf|£))",
        r"(?:-|–|moins |minus )?\d{1,2} ?%(?: (?:off|de (?:remise|reduction|rabais)|avec|midweek|for|sur|pour|discount|with|until|jusqu'))?",
        r"(?:first|premiere?|1ere?|1st|initial) (?:\w{3,13} )?(?:\w{3,13} )?(?:is |est |are )?(?:free|offerte?s?|gratuite?s?|on us|half[- ]price)",
        r"(?:free|gratuite?s?|offerte?s?) (?:for (?:the |up to |\d)|until|till|this|if you|jusqu'|pour (?:les|tous)|pendant|\d{1,2}|trial|taster|first|le premier|la premiere|to (?:try|join|use|all))",
        r"(?:it's|its|is|are|c'est|est|sont|and|et) (?:all |completely |entierement |totally |toujours )?(?:free|gratuite?s?|offerte?s?)",
        r"(?:discount|remise|reduction|rabais|tarif reduit|concessions?|prix libre|participation libre|pay what you (?:can|like)|paient ce qu'ils|on paie ce qu|free delivery|port offert|postage is free|free postage|frais de port|no subscription|sans abonnement|adhesion (?:a|de)|cotisation)",
        r"(?:quote|mention|use|with|avec|via|dites) (?:the |le |that )?(?:promo |discount )?(?:code|mot|word) (?!de |of |you |that |is |he |she )\w{3,14}",
    ),
)
"""What is known from inside, by kinds; each kind counts once."""

LIVED = _any(
    r"(?:j'(?:y |en )?(?:ai|avais|etais)|je (?:l'|les |le |la |m'y |m'en |lui |leur )(?:ai|avais|suis|etais)) (?!(?:craque|adore|decouvert)\b)(?:deja |tout |bien |moi-meme |aussi |longtemps |enfin )?(?:\w{1,14}(?:e|u|i|is|it|ert|rt|s)e?s?)",
    r"(?:nous (?:y |en |l'|les )?(?:avons|avions|etions|sommes) (?:\w{4,9} )?\w{2,14}(?:e|u|i|is|it)e?s?|on (?:y |en |l'|les )?(?:a|avait|etait) (?:\w{4,9} )?\w{3,14}(?:e|u|i|is|it))",
    r"(?:m'a|m'ont|m'avait|nous a|nous ont) (?:\w{4,9} )?\w{3,14}(?:e|u|i|is|it|ert)",
    r"(?:quand|lorsque) (?:j'(?:ai|etais|avais)|nous (?:etions|avions)|on (?:etait|avait)|j'y)|a l'epoque|l'an (?:dernier|passe)|l'annee (?:derniere|passee)|il y a (?:deux|trois|cinq|dix|vingt|quelques|\d{1,2}) ans|dans les annees",
    r"(?:i|we) (?:(?:once|never|also|even|only|just|later|then) )?(?:bought|got|had|went|used|tried|learn(?:ed|t)|found|borrowed|started|ate|paid|took|stayed|read|saw|met|did|came|hired|grew|lived|lost|spent|visited|ordered|gave|put|kept|made|asked|booked|walked|rode|cried|laughed|remember)",
    r"(?:fixed|told|showed|helped|taught|gave|sold|lent|sent) (?:me|us|it|mine|ours)",
    r"(?:last (?:year|spring|summer|winter|autumn|month)|(?:two|three|five|ten|twenty|thirty|some|a few) (?:years?|months?) ago|when i was|in the (?:eighties|seventies|nineties|sixties)|years ago)",
)
"""What happened to the writer."""

CRITICISM = _any(
    r"(?:evite[rz]|fuyez|n'y allez (?:pas|plus)|ne (?:l'achetez|les achetez|prenez|choisissez) pas|n'achetez (?:pas|surtout pas)|plus jamais|jamais plus|(?<!pas )(?<!jamais )(?<!ni )decue?s?|deception|arnaque|(?:trop|hors de prix|beaucoup trop) chers?|(?:deux|trois|quatre|\d{1,2}) (?:jours|semaines|mois) de retard|personne (?:au telephone|ne repond|n'a repondu)|ne (?:marche|fonctionne|tient|vaut) (?:pas|plus|rien)|mal (?:fait|cousu|colle|pense|fichu)\w{0,2}|je (?:les |le |la )?deconseille|nous (?:les |le |la )?deconseillons|il (?:y )?a (?:mieux|moins cher)|pas besoin (?:de nous|d'acheter|de nos|de notre)|inutile de nous)",
    r"(?:avoid|steer clear|stay away|never again|don't (?:bother|buy|use|trust)|do not (?:bother|buy|use|trust)|wouldn't (?:use|buy|recommend|go)|would not (?:use|buy|recommend)|overpriced|rip-?off|scam|too expensive|(?<!be )(?<!never )(?<!not )(?<!been )disappoint\w{2,5}|let us down|let me down|useless|terrible|awful|rubbish|fits? badly|days late|weeks late|nobody answered|no answer|broke (?:after|within|twice)|fell apart|you do(?:n't| not) need (?:us|ours|our|to buy)|not worth|cheaper (?:than (?:us|ours)|elsewhere))",
)
"""Who advertises a house does not say this of it."""

SENT_TO = re.compile(
    r"(?:(?:(?<![a-z] )(?<![a-z]')|(?<=\btime )|(?<=\bdo )|(?<=\band )|(?<=\bplease )|(?<=\bjust ))(?:stop|stay|sleep|eat|rest|look|call|go|come|drop|pop|swing|head|try|ask|buy|order|book|get|visit|consider|choose|take|check|see)|faut|falloir|pouss\w{1,3}|arret\w{1,4}|dorm\w{1,3}|pass\w{1,3}|demand\w{1,3}|command\w{1,3}|essay\w{1,3}|pren\w{1,3}|all(?:er|ez)|choisi\w{1,4}|(?:you|u|people|everyone|everybody|they) (?:should|must|need to|may|can))\b"
    r"(?:[ ,'-]{1,2}\w{1,14}){0,5}[ ,'\"(]{1,3}\Z"
)
"""Before the name of a house, telling people to go there."""
