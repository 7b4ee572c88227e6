"""Every task, field, role, gate, criterion, deadline and condition of the reference methods is drawn.

The data is `knowledge/methodologies.json`; where it is silent (English and deadlines of the smaller methods),
the README of the method lists what was written, and these tests ask only that it is there.
"""

import re

import pytest

CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
TYPES = {"text": "string", "select": "enum"}
EACH = {
    "service": ("service", "services_impactes", "service"),
    "partenaire": ("partner", "partenaires", "partenaire"),
    "lot": ("batch", "lots", "lot"),
}
CONDITIONS = {
    "projet_transversal": {
        "externes = true", "conditions_travail = true",
        'landing = "E2"', 'landing = "A4"', 'landing = "C3"', 'landing = "D2"', 'landing = "K2"',
    },
    "pm2_like": {'landing = "I2"', 'landing = "L2"', 'landing = "X2"', 'landing = "Z2"'},
    "leger": set(),
}  # fmt: skip
#: what the record answers beside the reserves: ours, where the data says only what must hold
COMPUTED = {
    "projet_transversal": {
        ("G0", 1): "objectives_named",
        ("G0", 2): "services_impacted(2)",
        ("G1", 1): "file_given(A1.signee)",
        ("G1", 3): "all_services_answered(A3)",
        ("G1", 4): "table_filled(A6.indicateurs, t0, cible)",
        ("G1", 5): "answered(A6.budget, E2.charge)",
        ("G2", 1): "two_scenarios_compared(C3.scenarios)",
        ("G2", 2): "all_services_answered(C4)",
        ("G2", 3): "major_resistance_handled",
        ("G2", 4): "opinion_given(C7a)",
        ("G2", 5): "answered(C6.arguments, C6.preco, C6.cout)",
        ("G3", 1): "table_filled(P1T.lots, lot, service, debut, fin)",
        ("G3", 2): "checklist_complete(P2T.accords)",
        ("G3", 4): "table_filled(P5T.tolerances, tolerance, alerte)",
        ("G3", 5): "answered(P6T.mesures, A4.t0)",
        ("G3", 6): "consultations_closed",
        ("G4", 1): "deliverables_accepted(D7.acceptation, accepte, reserves)",
        ("G4", 2): "rows_complete(D7.reserves, porteur, date)",
        ("G4", 3): "answered(D8.responsable, D8.formation)",
        ("G4", 4): "critical_actions_closed",
        ("G5", 1): "indicators_measured(V1.mesures, A6.indicateurs)",
        ("G5", 2): "gaps_explained(V4.couts, V4.planning)",
        ("G5", 3): "table_filled(V4.suites, suite, porteur)",
        ("G6", 1): "checklist_complete(K2.liste)",
        ("G6", 2): "answered(K1.enseignements)",
    },
    "pm2_like": {
        ("RfP", 2): "answered(I3.perimetre)",
        ("RfP", 3): "answered(I2.budget)",
        ("RfE", 1): "answered(L3.wbs)",
        ("RfE", 2): "roles_held",
        ("RfE", 3): "table_filled(I3.risques, probabilite, impact)",
        ("RfC", 1): "file_given(X4.note)",
        ("PA", 1): "dossier_archived",
    },
    "leger": {("SG1", 2): "at_most(S11.charge, 20)"},
}
OF_GATES = {'decision in ("go", "go_reserves")', 'decision = "stop"'}
SETS = {
    "projet_transversal": {
        ("A2", "method.set.partenaires", 'acteurs[nature = "externe"].nom'),
        ("C6", "method.set.budget", "cout"),
    },
    "pm2_like": {("L3", "method.set.lots", "wbs.lot")},
    "leger": set(),
}


def fields(task):
    return {f.get("id"): f for f in task.iter(f"{CAMUNDA}formField")}


def constraints(field):
    return {c.get("name"): c.get("config") for c in field.iter(f"{CAMUNDA}constraint")}


def test_each_task_is_drawn_with_its_role_lock_deadline_and_names(pair, of_element, without_typography):
    for task in pair.data_tasks:
        drawn, said = pair.tasks[task["id"]], of_element(pair.tasks[task["id"]])
        assert (without_typography(drawn.get("name")), said["name.en"]) == (task["fr"], task["en"])
        assert drawn.get(f"{CAMUNDA}candidateGroups") == task["role"]
        assert said["method.lock"] == task["lock"]
        assert said.get("method.tailor") in (("hide", "hide,condition") if task["lock"] == "optional" else (None,))
        assert said.get("method.never") == task.get("not_role")
        assert said.get("method.silence") == task.get("silence")
        if task["due"] or pair.data["id"] == "projet_transversal":
            assert drawn.get(f"{CAMUNDA}dueDate") == task["due"], task["id"]
        else:
            assert re.fullmatch(r"P\d+D", drawn.get(f"{CAMUNDA}dueDate")), task["id"]


#: of a project too big for its method, a rework alone may be decided, in the larger one
OUTGROWN = {
    "G3": {
        "method.gate.baseline.end": "max(lots.fin)",
        "method.gate.baseline.cost": "budget",
        "method.gate.baseline.scope": "lots.lot",
        "method.gate.baseline.milestones": "jalons",
        "method.gate.baseline.tolerances": "tolerances",
        "method.gate.tolerance.delay": "10",
        "method.gate.tolerance.delay_share": "15",
        "method.gate.tolerance.cost": "10",
    },
    "SG1": {
        "method.gate.outgrown": "charge > 20 or count(services_impactes) > 2",
        "method.gate.outgrown.method": "projet_transversal",
    },
}
#: the report and the gate of each exceptional gate, of which the data only says when it opens
EXCEPTIONS = {"X1T", "GX1", "X2T", "GX2"}
#: gates that follow a gate with reserves: the data of « Projet transversal » says so, that of PM² does not
LIFTED = {
    "RfE": ("Réserves de RfP levées", "RfP reserves lifted"),
    "RfC": ("Réserves de RfE levées", "RfE reserves lifted"),
    "PA": ("Réserves de RfC levées", "RfC reserves lifted"),
}
#: fields that the data does not have: a budget is edited where the plan is made, and told anew at each checkpoint
ADDED = {"P1T": ["budget"], "T3": ["budget"]}


def test_only_the_short_closure_the_exceptions_and_the_recurring_activities_add_tasks(pair):
    recurring = {each["id"] for phase in pair.data["phases"] for each in phase.get("recurring", ())}
    added = set(pair.tasks) - {task["id"] for task in pair.data_tasks} - recurring
    expected = {"projet_transversal": {"KC1", "KC2", "KC4", *EXCEPTIONS}, "pm2_like": {"ZC2", "ZC3"}, "leger": set()}
    assert added == expected[pair.data["id"]]


def test_each_field_is_drawn_with_its_type_label_and_obligation(pair, of_element, without_typography):
    for task in pair.data_tasks:
        drawn = fields(pair.tasks[task["id"]])
        assert list(drawn) == [*(field["key"] for field in task["form"]), *ADDED.get(task["id"], [])]
        for field in task["form"]:
            one, where = drawn[field["key"]], (task["id"], field["key"])
            assert without_typography(one.get("label")) == field["label"], where
            assert one.get("type") == TYPES.get(field["type"], field["type"]), where
            assert (constraints(one).get("required") == "true") == field["required"], where
            if "label_en" in field:
                assert of_element(one)["label.en"] == field["label_en"], where


def test_one_instance_each_has_its_collection_and_runs_in_parallel(pair, of_element):
    for task in pair.data_tasks:
        drawn = pair.tasks[task["id"]]
        loop = drawn.find("bpmn:multiInstanceLoopCharacteristics", drawn.nsmap)
        if "multi" not in task:
            assert loop is None, task["id"]
            continue
        each, collection, element = EACH[task["multi"]]
        assert of_element(drawn)["method.each"] == each
        assert loop.get("isSequential", "false") == "false"
        assert (loop.get(f"{CAMUNDA}collection"), loop.get(f"{CAMUNDA}elementVariable")) == (
            collection,
            element,
        )


def test_variables_that_expressions_read_are_set_where_they_are_known(pair, of_element):
    found = {
        (id, name, value)
        for id, task in pair.tasks.items()
        for name, value in of_element(task).items()
        if name.startswith("method.set.")
    }
    assert found == SETS[pair.data["id"]]


def test_conditions_are_the_expected_ones_and_no_other(pair):
    said = {each.text for file in pair.files for each in file.all("//bpmn:conditionExpression")}
    offered = {'decision = "stop"'} if any("stop" in gate["options"] for gate in pair.data_gates) else set()
    assert said == CONDITIONS[pair.data["id"]] | offered | {'decision in ("go", "go_reserves")'}
    assert said - OF_GATES == CONDITIONS[pair.data["id"]]


def test_a_conditional_task_stands_behind_its_condition(pair):
    for task in pair.data_tasks:
        if task["lock"] != "conditional":
            continue
        drawn = pair.tasks[task["id"]].getparent()
        flow = next(f for f in drawn.iter("{*}sequenceFlow") if f.get("targetRef") == task["id"])
        assert flow.get("sourceRef") == f"{task['id']}_if"
        assert flow.find("bpmn:conditionExpression", flow.nsmap).text == task["cond"].replace("== True", "= true")


def test_parallel_steps_stand_between_a_fork_and_a_join(pair):
    for phase in pair.data["phases"]:
        for step in phase["tasks"]:
            if "par" not in step:
                continue
            process = pair.tasks[step["tasks"][0]["id"]].getparent()
            flows = list(process.iter("{*}sequenceFlow"))
            out = {f.get("targetRef") for f in flows if f.get("sourceRef") == f"{step['par']}_split"}
            into = {f.get("sourceRef") for f in flows if f.get("targetRef") == f"{step['par']}_join"}
            assert out == into == {task["id"] for task in step["tasks"]}


def test_each_gate_is_drawn_with_all_that_decides(pair, of_element, without_typography):
    for gate in pair.data_gates:
        drawn = pair.main.nodes[gate["id"]]
        said = of_element(drawn)
        assert (without_typography(drawn.get("name")), said["name.en"]) == (gate["fr"], gate["en"])
        assert drawn.get(f"{CAMUNDA}candidateGroups") == said["method.gate.chair"] == gate["chair"]
        assert drawn.get(f"{CAMUNDA}dueDate") == gate["due"]
        assert {name: said[name] for name in said if name.startswith("method.gate.") or name == "method.lock"} == {
            "method.lock": "locked",
            "method.gate.chair": gate["chair"],
            "method.gate.voters": ",".join(gate["voters"]),
            "method.gate.quorum": str(gate["quorum"]),
            "method.gate.rule": gate["rule"],
            "method.gate.outcomes": ",".join(gate["options"]),
            "method.gate.rework_max": str(gate["max_rework"]),
            "method.gate.silence": gate["silence"],
            **OUTGROWN.get(gate["id"], {}),
        }


def test_each_criterion_is_drawn_and_what_the_record_answers_is_computed(pair, of_element, without_typography):
    for gate in pair.data_gates:
        said = of_element(pair.main.nodes[gate["id"]])
        for n, criterion in enumerate(gate["criteria"], 1):
            assert without_typography(said[f"method.criterion.{n}"]) == criterion
            assert said[f"method.criterion.{n}.en"]
            if "criteria_en" in gate:
                assert said[f"method.criterion.{n}.en"] == gate["criteria_en"][n - 1]
            reserves = "reserves_lifted" if re.fullmatch(r"Réserves de G\d levées", criterion) else None
            computed = COMPUTED[pair.data["id"]].get((gate["id"], n), reserves)
            assert said.get(f"method.criterion.{n}.computed") == computed
        count = len(gate["criteria"]) + (gate["id"] in LIFTED)
        if gate["id"] in LIFTED:
            last = [said[f"method.criterion.{count}{part}"] for part in ("", ".en", ".computed")]
            assert [without_typography(last[0]), *last[1:]] == [*LIFTED[gate["id"]], "reserves_lifted"]
        assert f"method.criterion.{count + 1}" not in said


def test_each_gate_has_one_flow_for_each_outcome_group_that_it_offers(pair, of_element):
    flows = pair.main.flows.values()
    for gate in pair.data_gates:
        id = gate["id"]
        out = {f.get("id"): f for f in flows if f.get("sourceRef") == f"{id}_decision"}
        groups = ["go", "rework"] + (["stop"] if "stop" in gate["options"] else [])
        assert set(out) == {f"{id}_{group}" for group in groups}
        assert {f"{id}_{group}": group for group in groups} == {
            flow: of_element(out[flow])["method.outcome"] for flow in out
        }
        assert of_element(out[f"{id}_rework"])["method.landing"] == gate["rework_to"]
        assert out[f"{id}_rework"].get("name") == f"À reprendre ({gate['rework_to']})"
        assert pair.main.nodes[f"{id}_decision"].get("default") == f"{id}_rework"


def test_a_rework_returns_to_the_phase_and_lands_on_its_step(pair):
    called = {file.all("//bpmn:process")[0].get("id"): file for file in pair.files}
    for phase in pair.data["phases"]:
        gate = phase["gate"]
        assert pair.main.flows[f"{gate['id']}_rework"].get("targetRef") == phase["id"]
        inner = called[pair.main.nodes[phase["id"]].get("calledElement")]
        first = next(f.get("targetRef") for f in inner.flows.values() if f.get("sourceRef").endswith("_start"))
        if first == gate["rework_to"]:
            continue
        entry = inner.nodes[first]
        landing = inner.flows[f"{phase['id']}_entry_{gate['rework_to']}"]
        assert first == f"{phase['id']}_entry"
        assert entry.get("default") != landing.get("id")
        assert landing.get("targetRef") == f"{gate['rework_to']}_landing"


def test_stop_leads_to_the_short_closure_or_to_a_reasoned_end(pair, of_element):
    ends = {"G0": "end_dismissed", "SG1": "end_stopped"}
    short = [id for id, node in pair.main.nodes.items() if of_element(node).get("method.short") == "true"]
    for gate in pair.data_gates:
        if "stop" in gate["options"]:
            target = pair.main.flows[f"{gate['id']}_stop"].get("targetRef")
            assert [target] == ([ends[gate["id"]]] if gate["id"] in ends else short)
    said = {of_element(node)["method.end"] for node in pair.main.nodes.values() if node.tag.endswith("endEvent")}
    expected = {
        "projet_transversal": {"closed", "stopped", "dismissed"}, "pm2_like": {"closed", "stopped"},
        "leger": {"closed", "stopped"},
    }  # fmt: skip
    assert said == expected[pair.data["id"]]


def test_every_role_is_declared_with_its_label(pair, of_element, without_typography):
    said = of_element(pair.process)
    declared = [name.removeprefix("method.role.") for name in said if re.fullmatch(r"method\.role\.\w+", name)]
    assert declared == list(pair.data["roles"])
    for id, label in pair.data["roles"].items():
        fr, english = without_typography(said[f"method.role.{id}"]), said[f"method.role.{id}.en"]
        if pair.data["id"] == "projet_transversal":
            assert f"{fr} / {english}".casefold() == label.casefold()
        elif pair.data["id"] == "pm2_like" and id != "PQA":
            assert english == label
        else:
            assert fr
            assert english


def test_the_lessons_are_never_led_by_the_project_lead(pair, of_element):
    never = {
        id: of_element(task)["method.never"] for id, task in pair.tasks.items() if "method.never" in of_element(task)
    }
    assert never == ({"K1": "CP", "KC1": "CP"} if pair.data["id"] == "projet_transversal" else {})


def test_choices_taken_from_an_earlier_table_find_it(pair, of_element):
    tables = {
        f"{id}.{f.get('id')}" for id, t in pair.tasks.items() for f in fields(t).values() if f.get("type") == "table"
    }
    sources = {
        (id, of_element(field)["source"])
        for id, task in pair.tasks.items()
        for field in fields(task).values()
        if "." in of_element(field).get("source", "")
    }
    assert sources == ({("C6", "C3.scenarios")} if pair.data["id"] == "projet_transversal" else set())
    assert {source for _, source in sources} <= tables
    if pair.data["id"] == "projet_transversal":
        assert "P3T.plan" in tables
        assert constraints(fields(pair.tasks["C3"])["scenarios"])["minrows"] == "2"


@pytest.mark.parametrize("key", ["method.kind", "method.lead", "method.sponsor", "method.owner"])
def test_the_main_process_names_who_leads_and_who_sponsors(pair, of_element, key):
    expected = {
        "projet_transversal": {"method.lead": "CP", "method.sponsor": "COM", "method.owner": "RM"},
        "pm2_like": {"method.lead": "PM", "method.sponsor": "PO"},
        "leger": {"method.lead": "CP", "method.sponsor": "RESP"},
    }[pair.data["id"]]
    assert of_element(pair.process).get(key) == {"method.kind": "method", **expected}.get(key)


def test_recurring_activities_start_with_their_phase_and_end_with_its_gate(pair, of_element):
    said = {
        pair_of_task: of_element(file.all("//bpmn:process")[0])
        for file in pair.files
        for pair_of_task in file.nodes
        if of_element(file.all("//bpmn:process")[0]).get("method.kind") == "recurring"
        and file.nodes[pair_of_task].tag.endswith("userTask")
    }
    expected = {
        each["id"]: (
            phase["id"],
            phase["gate"]["id"],
            each["every"],
            "P3T.plan" if each["every"] == "plan" else None,
        )
        for phase in pair.data["phases"]
        for each in phase.get("recurring", ())
    }
    assert {
        id: (p["method.during"], p["method.until"], p["method.every"], p.get("method.plan")) for id, p in said.items()
    } == expected
    for phase in pair.data["phases"]:
        for each in phase.get("recurring", ()):
            task = pair.tasks[each["id"]]
            assert (task.get("name"), of_element(task)["name.en"]) == (each["fr"], each["en"])
            assert task.get(f"{CAMUNDA}candidateGroups") == each["role"]
            assert of_element(task)["method.lock"] == each.get("lock", "locked")
            # what is sent by a plan is proved and measured too (row 27 of the job sheet)
            proof = ["preuve", "mesure"] if each["every"] == "plan" else []
            added = ADDED.get(each["id"], [])
            assert list(fields(task)) == ["presents", "decisions", "actions", "blocages", *proof, *added]


def items(field, of_element):
    return {k: v for k, v in of_element(field).items() if re.fullmatch(r"item\.\d+", k)}


def test_the_closure_checklist_has_its_items_and_their_proofs(pair, of_element, without_typography):
    if not pair.data["closure"]:
        assert pair.data["id"] in {"pm2_like", "leger"}
        task, key, count = {"pm2_like": ("Z3", "liste", 12), "leger": ("S22", "liste", 6)}[pair.data["id"]]
        assert len(items(fields(pair.tasks[task])[key], of_element)) == count
        return
    said = of_element(fields(pair.tasks["K2"])["liste"])
    pairs = zip(pair.data["closure"], pair.data["closure_en"], strict=True)
    for n, (fr, english) in enumerate(pairs, 1):
        assert (without_typography(said[f"item.{n}"]), said[f"item.{n}.en"]) == (fr, english)
    proofs = {int(k.split(".")[1]): v for k, v in said.items() if k.endswith(".proof")}
    assert proofs == {**dict.fromkeys((1, 3, 5, 10, 13, 18, 21), "record"), 19: "admin", 20: "admin"}
    computed = {int(k.split(".")[1]) for k in said if k.endswith(".computed")}
    assert computed == {1, 3, 4, 5, 10, 13, 18, 19, 21}
    full = items(fields(pair.tasks["K2"])["liste"], of_element)
    reduced = items(fields(pair.tasks["KC2"])["liste"], of_element)
    assert reduced == {f"item.{n}": full[f"item.{n}"] for n in (5, 6, 10, 13, 16, 19, 20, 21, 22)}


def test_exceptional_gates_open_on_a_threshold_and_on_tolerances(pair, of_element):
    said = [of_element(file.all("//bpmn:process")[0]) for file in pair.files]
    found = {
        each["method.when"].replace("threshold", each.get("method.threshold", "")) for each in said
        if each.get("method.kind") == "exception"
    }  # fmt: skip
    assert found == ({"budget > 100000", "tolerance"} if pair.data["id"] == "projet_transversal" else set())
