from engine import *
from tests.engine.play import ESSAI
def t(f):
    try: return repr(f())[:120]
    except Exception as e: return type(e).__name__, str(e)[:120]
def test_probe(play):
    p=play.start(); a=play.task(p,"A")
    print("NUL comment", t(lambda: play.do("claire",CommentOn(a,"a\x00b"))))
    print("NUL title", t(lambda: play.start(title="a\x00b")))
    print("BIG read", t(lambda: play.page(10**30)))
    print("BIG act", t(lambda: play.do("claire",ClaimTask(10**30))))
    print("NUL login", t(lambda: play.engine.execute(SignIn("a\x00","x"))))
    print("bad date", t(lambda: play.do("claire",AskMoreTime(a,date_max,"x"))))
    f=dict(ESSAI); f["essai.bpmn"]=f["essai.bpmn"].replace(b'"1.0.0"',b'"3.0.0"')
    f["realisation.bpmn"]=f["realisation.bpmn"].replace(b'<bpmn:sequenceFlow id="P2_join_to_P2_end" sourceRef="P2_join" targetRef="P2_end" />',b'<bpmn:manualTask id="W" name="Seule" /><bpmn:sequenceFlow id="w1" sourceRef="P2_join" targetRef="W" /><bpmn:sequenceFlow id="w2" sourceRef="W" targetRef="P2_end" />')
    print("publish manual", t(lambda: play.do("jeanne",PublishMethod(f))))
    q=play.start()
    print("manual", t(lambda: play.until(q,"G2")), t(lambda: play.open(q)))
import datetime
date_max=datetime.date(9999,12,31)
