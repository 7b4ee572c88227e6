"""The shipped diagrams are laid out so that a person likes to read them: what of that can be measured."""

from itertools import combinations, pairwise

from lxml import etree


def segments(way):
    return list(pairwise(way))


def crosses_box(segment, box):
    (x1, y1), (x2, y2) = segment
    left, right = sorted((x1, x2))
    top, bottom = sorted((y1, y2))
    return left < box.right and box.x < right + 0.001 and top < box.bottom and box.y < bottom + 0.001


def cross(one, other):
    """Do two segments, one level and one upright, cross inside both?"""
    for (a, b), (c, d) in ((one, other), (other, one)):
        if a[1] == b[1] and c[0] == d[0]:
            within = min(a[0], b[0]) < c[0] < max(a[0], b[0])
            return within and min(c[1], d[1]) < a[1] < max(c[1], d[1])
    return False


def lie_on_each_other(one, other):
    for axis, along in ((0, 1), (1, 0)):
        if len({point[axis] for point in (*one, *other)}) == 1:
            a, b = sorted(point[along] for point in one)
            c, d = sorted(point[along] for point in other)
            return max(a, c) < min(b, d)
    return False


def test_every_node_flow_lane_and_pool_is_drawn_once(drawn):
    shapes = [e.get("bpmnElement") for e in drawn.all("//bpmndi:BPMNShape")]
    pool = drawn.all("//bpmn:participant")[0].get("id")
    assert sorted(shapes) == sorted([pool, *drawn.lanes, *drawn.nodes])
    edges = [e.get("bpmnElement") for e in drawn.all("//bpmndi:BPMNEdge")]
    assert sorted(edges) == sorted(drawn.flows)


def test_lanes_fill_their_pool_without_gap(drawn):
    pool = drawn.boxes[drawn.all("//bpmn:participant")[0].get("id")]
    lanes = sorted((drawn.boxes[id] for id in drawn.lanes), key=lambda box: box.y)
    assert [lanes[0].y, *(lane.bottom for lane in lanes)] == [*(lane.y for lane in lanes), pool.bottom]
    assert {(lane.x, lane.right) for lane in lanes} == {(pool.x + 30, pool.right)}


def test_every_node_stands_inside_one_lane_with_room_around_it(drawn):
    stands = {}
    for id, lane in drawn.lanes.items():
        for ref in lane.findall("bpmn:flowNodeRef", lane.nsmap):
            assert ref.text not in stands, f"{ref.text} stands in two lanes"
            stands[ref.text] = id
    assert sorted(stands) == sorted(drawn.nodes)
    for node, lane in stands.items():
        node_box, lane_box = drawn.boxes[node], drawn.boxes[lane]
        assert lane_box.holds(node_box), node
        assert min(node_box.y - lane_box.y, lane_box.bottom - node_box.bottom) >= 15, node


def test_no_two_shapes_overlap(drawn):
    boxes = {id: drawn.boxes[id] for id in drawn.nodes}
    assert [pair for pair in combinations(boxes, 2) if boxes[pair[0]].overlaps(boxes[pair[1]])] == []


def test_every_name_outside_a_shape_has_its_place(drawn):
    named = {
        id
        for id, e in {**drawn.nodes, **drawn.flows}.items()
        if e.get("name") and etree.QName(e).localname not in ("userTask", "callActivity")
    }
    assert set(drawn.labels) == named


def test_no_label_collides_with_a_shape_a_label_or_a_line(drawn):
    pool = drawn.boxes[drawn.all("//bpmn:participant")[0].get("id")]
    found = []
    for id, label in drawn.labels.items():
        assert pool.holds(label), id
        found += [(id, node) for node in drawn.nodes if label.overlaps(drawn.boxes[node])]
        found += [(id, flow) for flow, way in drawn.ways.items() if any(crosses_box(s, label) for s in segments(way))]
    found += [p for p in combinations(drawn.labels, 2) if drawn.labels[p[0]].overlaps(drawn.labels[p[1]])]
    assert found == []


def test_every_label_stands_beside_what_it_names(drawn):
    for id, label in drawn.labels.items():
        around = type(label)(label.x - 10, label.y - 10, label.width + 20, label.height + 20)
        if id in drawn.nodes:
            assert around.overlaps(drawn.boxes[id]), id
        else:
            assert any(crosses_box(each, around) for each in segments(drawn.ways[id])), id


def test_flows_are_orthogonal_and_start_and_end_on_their_shapes(drawn):
    for id, way in drawn.ways.items():
        assert all((a[0] == b[0]) != (a[1] == b[1]) for a, b in segments(way)), id
        for end, point in (("sourceRef", way[0]), ("targetRef", way[-1])):
            box = drawn.boxes[drawn.flows[id].get(end)]
            on_side = point[0] in (box.x, box.right) and box.y <= point[1] <= box.bottom
            on_edge = point[1] in (box.y, box.bottom) and box.x <= point[0] <= box.right
            assert on_side or on_edge, (id, end)


def test_no_flow_runs_through_a_node(drawn):
    found = []
    for id, way in drawn.ways.items():
        ends = {drawn.flows[id].get("sourceRef"), drawn.flows[id].get("targetRef")}
        others = [node for node in drawn.nodes if node not in ends]
        found += [(id, node) for node in others for s in segments(way) if crosses_box(s, drawn.boxes[node])]
    assert found == []


def test_no_two_flows_cross(drawn):
    """None of the shipped diagrams needs a crossing."""
    pairs = combinations(drawn.ways, 2)
    found = [
        (one, other)
        for one, other in pairs
        for a in segments(drawn.ways[one])
        for b in segments(drawn.ways[other])
        if cross(a, b)
    ]
    assert found == []


def test_flows_share_a_line_only_where_they_fork_or_join(drawn):
    found = []
    for one, other in combinations(drawn.ways, 2):
        first, second = drawn.flows[one], drawn.flows[other]
        kin = any(first.get(end) == second.get(end) for end in ("sourceRef", "targetRef"))
        on_each_other = any(
            lie_on_each_other(a, b) for a in segments(drawn.ways[one]) for b in segments(drawn.ways[other])
        )
        if on_each_other and not kin:
            found.append((one, other))
    assert found == []


def test_the_diagrams_have_the_same_measures_everywhere(drawn):
    sizes = {(etree.QName(e).localname, drawn.boxes[id].width, drawn.boxes[id].height) for id, e in drawn.nodes.items()}
    assert sizes <= {
        ("userTask", 170, 80), ("callActivity", 170, 80), ("startEvent", 36, 36), ("endEvent", 36, 36),
        ("exclusiveGateway", 50, 50), ("parallelGateway", 50, 50),
    }  # fmt: skip
