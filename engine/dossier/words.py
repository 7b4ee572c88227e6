"""The words of the paper."""

from __future__ import annotations

from engine.words import Text

OPINIONS = {
    "favourable": Text("favorable", "favourable"),
    "unfavourable": Text("défavorable", "unfavourable"),
    "abstention": Text("abstention", "abstention"),
    "interest": Text("intérêt déclaré : ne compte pas", "interest declared: does not count"),
}
CRITERIA = {
    "": Text("pas examiné", "not examined"),
    "met": Text("rempli", "met"),
    "unmet": Text("non rempli", "not met"),
    "not_applicable": Text("sans objet", "not applicable"),
}
#: heads of columns and of lines
HEADS = {
    "what": Text("Élément", "Item"),
    "said": Text("Contenu", "Content"),
    "outcome": Text("Issue", "Outcome"),
    "reason": Text("Motif", "Reason"),
    "decided": Text("Décidé", "Decided"),
    "chair": Text("Présidence", "Chair"),
    "phase": Text("Phase", "Phase"),
    "session": Text("Séance", "Session"),
    "project": Text("Projet", "Project"),
    "service": Text("Service", "Department"),
    "objectives": Text("Objectifs stratégiques", "Strategic objectives"),
    "themes": Text("Thématiques", "Themes"),
    "method": Text("Méthode", "Method"),
    "voter": Text("Votant", "Voter"),
    "opinion": Text("Avis", "Opinion"),
    "comment": Text("Commentaire", "Comment"),
    "criterion": Text("Critère", "Criterion"),
    "state": Text("État", "State"),
    "evidence": Text("Preuve", "Evidence"),
    "reserve": Text("Réserve", "Reserve"),
    "owner": Text("Porteur", "Owner"),
    "due": Text("Échéance", "Due"),
    "question": Text("Question", "Question"),
    "answer": Text("Réponse", "Answer"),
    "file": Text("Fichier", "File"),
    "step": Text("Étape", "Step"),
    "sha256": Text("Empreinte SHA-256", "SHA-256 fingerprint"),
    "each_department": Text("Pour chaque service", "For each department"),
    "number": Text("N°", "No."),
    "moment": Text("Date", "Date"),
    "event": Text("Événement", "Event"),
}
NOTES = {
    "title": Text("Dossier de la porte {gate}", "Dossier of the gate {gate}"),
    "subtitle": Text("{project} – {service}", "{project} – {service}"),
    "footer": Text("Jalon · décision {number}", "Jalon · decision {number}"),
    "decision": Text("La décision", "The decision"),
    "vote": Text("Le vote", "The vote"),
    "criteria": Text("Les critères", "The criteria"),
    "reserves": Text("Les réserves", "The reserves"),
    "deliverables": Text("Ce que la phase a produit", "What the phase produced"),
    "files": Text("Les fichiers et leurs empreintes", "The files and their fingerprints"),
    "history": Text("L’historique de la phase", "The history of the phase"),
    "proof": Text("Vérifier ce dossier", "Proving this dossier"),
    "rule": Text("Règle : {rule}.", "Rule: {rule}."),
    "quorum": Text(
        "Quorum : {share} % des votants ; {eligible} votant(s) sans intérêt déclaré.",
        "Quorum: {share}% of the voters; {eligible} voter(s) without a declared interest.",
    ),
    "count": Text(
        "Résultat : {favourable} favorable(s), {unfavourable} défavorable(s), {abstention} abstention(s).",
        "Result: {favourable} for, {unfavourable} against, {abstention} abstaining.",
    ),
    "second_session": Text(
        "Seconde séance, le quorum ayant manqué à la première.", "Second session, the first having lacked its quorum."
    ),
    "without_quorum": Text(
        "La méthode dispense cette séance de quorum.", "The method frees this session from the quorum."
    ),
    "escalated": Text(
        "Décision du commanditaire, la phase ayant été reprise autant de fois que permis.",
        "Decided by the sponsor, the phase having been sent back as often as allowed.",
    ),
    "by_deputy": Text("{name}, par {deputy}", "{name}, by {deputy}"),
    "no_criteria": Text("Cette porte n’a pas de critère.", "This gate has no criteria."),
    "no_deliverables": Text("Aucune tâche de la phase n’a été terminée.", "No task of the phase was completed."),
    "no_files": Text("La phase n’a produit aucun fichier.", "The phase produced no file."),
    "files_note": Text(
        "Chaque fichier est joint tel quel dans le dossier « files ».",
        "Each file is enclosed as it is in the folder “files”.",
    ),
    "work_by": Text("Terminé le {at} par {by}.", "Completed on {at} by {by}."),
    "confidential": Text(
        "réservé au chef de projet et au commanditaire", "reserved for the project lead and the sponsor"
    ),
    "history_note": Text(
        "Les événements des autres phases ne sont pas repris ici ; {history} a toute la chaîne.",
        "The events of the other phases are not repeated here; {history} has the whole chain.",
    ),
    "proof_chain": Text(
        "La chaîne de l’historique compte {events} événements jusqu’à cette décision ; sa dernière empreinte est "
        "{digest}.",
        "The chain of history counts {events} events up to this decision; its last digest is {digest}.",
    ),
    "proof_how": Text(
        "Avec Jalon, sans connexion ni base de données : « jalon verify » suivi du nom du fichier zip. Les données "
        "sont dans {decision} et {history} ; {manifest} donne l’empreinte de chaque fichier. Le signe □ tient lieu "
        "d’un caractère que la police n’a pas ; les données l’ont.",
        "With Jalon, offline and without a database: “jalon verify” and the name of the zip file. The data are in "
        "{decision} and {history}; {manifest} gives the fingerprint of each file. The sign □ stands for a character "
        "that the font lacks; the data have it.",
    ),
}
