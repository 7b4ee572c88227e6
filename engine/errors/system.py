"""Why the machine could not read or write a file, in words: it says so itself in one language only."""

from __future__ import annotations

import errno

from engine.words import Text

_WHY = {
    errno.ENOENT: Text("il n’existe pas", "it does not exist"),
    errno.EACCES: Text("l’accès en est refusé", "access to it is denied"),
    errno.EPERM: Text("l’accès en est refusé", "access to it is denied"),
    errno.EISDIR: Text("c’est un dossier", "it is a folder"),
    errno.ENOTDIR: Text("une partie de son chemin n’est pas un dossier", "a part of its path is no folder"),
    errno.EEXIST: Text("il existe déjà", "it exists already"),
    errno.ENAMETOOLONG: Text("son nom est trop long", "its name is too long"),
    errno.ENOSPC: Text("le disque est plein", "the disk is full"),
    errno.EDQUOT: Text("la place accordée est épuisée", "the space granted is used up"),
    errno.EROFS: Text("le disque ne peut être que lu", "the disk can only be read"),
    errno.EMFILE: Text("trop de fichiers sont ouverts", "too many files are open"),
    errno.EIO: Text("le disque ne répond pas", "the disk does not answer"),
}


def in_words(why: Text | OSError) -> Text:
    """What an unusual error says stays as the machine says it."""
    if isinstance(why, Text):
        return why
    return _WHY.get(why.errno or 0) or Text(why.strerror or str(why))
