"""What a file is that is no BPMN 2.0, by its root element: its owner may have taken the wrong one."""

from __future__ import annotations

from engine.words import Text

#: root element -> what it is
_KNOWN = {
    "mxfile": Text("un dessin de draw.io", "a drawing of draw.io"),
    "mxGraphModel": Text("un dessin de draw.io", "a drawing of draw.io"),
    "Package": Text("du XPDL", "XPDL"),
    "VisioDocument": Text("un dessin de Visio", "a drawing of Visio"),
    "svg": Text("une image (SVG)", "a picture (SVG)"),
    "html": Text("une page web", "a web page"),
    "XMI": Text("un modèle UML (XMI)", "a UML model (XMI)"),
    "graphml": Text("un graphe (GraphML)", "a graph (GraphML)"),
    "pnml": Text("un réseau de Petri (PNML)", "a Petri net (PNML)"),
    "process": Text("un processus sans ses <definitions> (BPEL, jPDL…)",
                    "a process without its <definitions> (BPEL, jPDL …)"),
    "schema": Text("un schéma XML", "an XML schema"),
}  # fmt: skip


def stranger(tag: str, namespace: str) -> Text:
    """Why the file with this root element is no diagram."""
    if tag == "definitions":
        return _definitions(namespace)
    known = _KNOWN.get(tag)
    if known is None:
        return Text(
            f"l’élément racine est <{tag}>, et non les <definitions> de BPMN 2.0",
            f"the root element is <{tag}>, not the <definitions> of BPMN 2.0",
        )
    said = Text(
        "c’est {what}, et non un diagramme BPMN 2.0 (dans beaucoup de modeleurs, « Exporter » en donne un)",
        "it is {what}, not a BPMN 2.0 diagram (in many modelers, “Export” gives one)",
    )
    return said.format(what=known)


def _definitions(namespace: str) -> Text:
    if not namespace:
        return Text(
            "ses <definitions> ne disent pas de quelle langue elles sont ; BPMN 2.0 s’annonce par "
            'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"',
            "its <definitions> do not say of which language they are; BPMN 2.0 is declared by "
            'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"',
        )
    what = next((name for name in ("DMN", "CMMN", "WSDL") if name in namespace.upper()), "")
    if what:
        return Text(f"ce sont les <definitions> de {what}, et non de BPMN 2.0",
                    f"these are the <definitions> of {what}, not of BPMN 2.0")  # fmt: skip
    return Text(
        f"ses <definitions> sont de « {namespace} », et non de BPMN 2.0",
        f"its <definitions> are of “{namespace}”, not of BPMN 2.0",
    )
