"""Tests of the runtime's classes: `build.sh PYTHON DIRECTORY`, then `PYTHONPATH=DIRECTORY PYTHON test_classes.py`."""

import copy
import enum
import gc
import inspect
import os
import pickle
import subprocess
import sys
import textwrap
import threading
import time
import traceback
import unittest
import weakref

DIRECTORY = os.path.abspath(os.environ["PYTHONPATH"])

import ferrule_classes as f  # noqa: E402
from ferrule_classes import Counter, Point, Shape, Six, Stack  # noqa: E402


class Tests(unittest.TestCase):
    def fails(self, kind, text, function, *arguments, **keywords):
        with self.assertRaises(kind) as caught:
            function(*arguments, **keywords)
        self.assertIs(type(caught.exception), kind)
        self.assertRegex(str(caught.exception), "^" + text + "$")
        return caught.exception

    def test_class(self):
        self.assertEqual((Point.__name__, Point.__qualname__, Point.__module__), ("Point", "Point", "ferrule_classes"))
        self.assertEqual(Point.__doc__, "A point.")
        self.assertEqual(Point.__match_args__, ("x", "y"))
        if sys.version_info >= (3, 10):  # 3.9 cuts the signature off
            self.assertEqual(str(inspect.signature(Point)), "(x, y)")
        self.assertEqual(str(inspect.signature(Point.scale)), "(self, /, factor)")
        self.assertEqual(str(inspect.signature(Point.dot)), "(a, b)")
        self.assertIsInstance(Point.__dict__["dot"], staticmethod)
        if sys.version_info >= (3, 10):
            self.fails(TypeError, ".*immutable.*", setattr, Point, "z", 1)
        self.fails(TypeError, ".*acceptable base.*", type, "Sub", (Point,), {})

    def test_construction(self):
        for point in (Point(1, 2.0), Point(x=1, y=2), Point(1, y=2), Point.__new__(Point, 1, y=2), Point(**{"x": 1, "y": 2})):
            self.assertEqual((point.x, point.y), (1.0, 2.0))
        self.fails(TypeError, r"Point\(\) missing 1 required positional argument: 'y'", Point, 1)
        self.fails(TypeError, r"Point\(\) takes 2 positional arguments but 3 were given", Point, 1, 2, 3)
        self.fails(TypeError, r"Point\(\): x: expected float, got str", Point, "a", 2)
        self.fails(TypeError, r"Point\(\) got an unexpected keyword argument 'z'", Point, 1, z=2)
        self.fails(TypeError, r"cannot create 'ferrule_classes.Shape' instances", Shape)
        self.fails(OverflowError, r"Six\(\): a: expected int in 0..=65535, got -1", Six, -1, 0, 0, 0, 0, 0)

    def test_properties(self):
        point = Point(1, 2)
        point.x = 5
        self.assertEqual(point.x, 5.0)
        self.fails(TypeError, r"Point\.x: expected float, got str", setattr, point, "x", "a")
        self.fails(AttributeError, r"Point\.x cannot be deleted", delattr, point, "x")
        self.assertRaises(AttributeError, setattr, point, "z", 1)
        counter = Counter(["a"])
        counter.names = ["b", "c"]
        self.assertEqual(counter.names, ["b", "c"])
        self.fails(TypeError, r"Counter\.names\[1\]: expected str, got int", setattr, counter, "names", ["a", 1])
        self.assertRaises(AttributeError, setattr, f.Local(1), "value", 2)

    def test_methods(self):
        point = Point(3, 4)
        self.assertEqual(point.norm(), 5.0)
        self.assertIs(point.scale(2), point)
        self.assertEqual(point, Point(6, 8))
        self.assertEqual(Point.origin(), Point(0, 0))
        self.assertEqual(point.origin(), Point(0, 0))
        self.assertEqual(Point.dot(Point(1, 2), b=Point(3, 4)), 11)
        self.assertEqual(point.distance(point), 0)
        other = Point(1, 1)
        point.swap(other)
        self.assertEqual((point, other), (Point(1, 1), Point(6, 8)))
        self.fails(RuntimeError, "Point cannot be used while it is being changed", point.swap, point)
        self.assertEqual(point, Point(1, 1))
        self.fails(TypeError, r"Point\.dot\(\): a: expected Point, got int", Point.dot, 1, point)
        self.fails(TypeError, r"Point\.norm\(\) takes 0 positional arguments but 1 was given", point.norm, 1)
        self.assertRaises(TypeError, Point.norm, 1)
        self.assertRaises(TypeError, Point.norm, Six(1, 2, 3, 4, 5, 6))

    def test_lists(self):
        points = [Point(0, 0), Point(2, 4)]
        self.assertEqual(f.centroid(points), Point(1, 2))
        self.fails(TypeError, r"centroid\(\): points\[1\]: expected Point, got Six", f.centroid, [points[0], Six(1, 2, 3, 4, 5, 6)])
        first = points[0]
        f.shift(points, 1)
        self.assertIs(points[0], first)
        self.assertEqual(points, [Point(1, 0), Point(3, 4)])

    def test_special(self):
        point = Point(1, 2)
        self.assertEqual(repr(point), "Point(x=1.0, y=2.0)")
        self.assertEqual(str(point), "Point(x=1.0, y=2.0)")
        self.assertTrue(point == Point(1, 2) and point != Point(1, 3) and point != 1 and not point == "a")
        self.assertEqual(len({Point(1, 2), Point(1, 2), Point(2, 1)}), 2)
        with self.assertRaises(TypeError):
            point < point
        self.assertEqual(point * 2, Point(2, 4))
        self.assertEqual(2.0 * point, Point(2, 4))
        self.assertRaises(TypeError, lambda: point * "a")
        self.assertRaises(TypeError, lambda: "a" * point)
        self.assertRaises(TypeError, lambda: point + point)
        same = point
        point += Point(1, 1)
        self.assertIs(same, point)
        point += point
        self.assertEqual(-point, Point(-4, -6))
        six = Six(1, 2, 3, 4, 5, -6)
        self.assertEqual(repr(six), "Six { a: 1, b: 2, c: 3, d: 4, e: 5, f: -6 }")
        self.assertEqual(six.sum(), 9)
        self.assertEqual(hash(six), hash(Six(1, 2, 3, 4, 5, -6)))
        self.assertTrue(six < Six(2, 0, 0, 0, 0, 0) and six <= six and six >= six and not six > six)
        self.assertRaises(TypeError, lambda: six < 1)
        self.assertRaises(TypeError, hash, Shape.Empty())
        self.assertTrue(all(f.Aligned(i) for i in range(50)))
        self.assertRaises(TypeError, pickle.dumps, point)
        reference = weakref.ref(point)
        self.assertIs(reference(), point)
        del point, same
        self.assertIsNone(reference())

    def test_moves(self):
        before = f.living()
        counter = Counter([])
        counter.increment()
        self.assertEqual(counter.into_count(), 1)
        self.assertEqual(f.living(), before)
        self.fails(RuntimeError, r"Counter was moved out by Counter\.into_count\(\)", counter.into_count)
        self.fails(RuntimeError, r"Counter was moved out by Counter\.into_count\(\)", getattr, counter, "count")
        one, two = Counter([]), Counter([])
        two.count = 5
        one.absorb(two)
        self.assertEqual(one.count, 5)
        self.fails(RuntimeError, r"Counter was moved out by Counter\.absorb\(\)", two.increment)
        self.fails(RuntimeError, r"Counter was moved out by Counter\.absorb\(\)", one.absorb, two)
        del one, two, counter
        self.assertEqual(f.living(), before)

    def test_poison(self):
        counter = Counter([])
        self.fails(f.PanicError, r"boom \(src/user.rs:\d+\)", counter.explode)
        self.fails(RuntimeError, "Counter is poisoned: a panic left it while it was being changed", counter.increment)
        self.assertRaises(RuntimeError, getattr, counter, "count")
        before = f.living()
        del counter
        self.assertEqual(f.living(), before - 1)

    def test_reentrancy(self):
        counter = Counter([])
        self.fails(RuntimeError, "Counter cannot be used while it is being changed", counter.each, lambda _: counter.increment())
        self.fails(RuntimeError, "Counter cannot be used while it is being changed", counter.each, lambda _: counter.count)
        self.fails(RuntimeError, "Counter cannot be changed while it is in use", counter.look, lambda _: counter.increment())
        self.fails(RuntimeError, "Counter cannot be moved out while it is in use", counter.look, lambda _: counter.into_count())
        self.assertEqual(counter.look(lambda value: counter.count + counter.look(lambda _: 3)), 3)
        self.assertEqual(counter.increment(), 1)

    def test_callbacks(self):
        self.assertEqual(f.call_many(lambda value: value * 2, 4), 12)
        self.assertEqual(f.call_many(abs, 4), 6)

        def broken(value):
            if value == 2:
                raise KeyError("mine")
            return 1

        self.assertEqual(self.frames(f.call_many, broken, 4), ["frames", "broken"])
        self.fails(TypeError, r"result of Tests.test_callbacks.<locals>.<lambda>\(\): expected int, got str", f.call_many, lambda _: "a", 1)
        self.fails(TypeError, r"result of str\(\): expected int, got str", f.call_many, str, 1)
        self.fails(TypeError, r"call_many\(\): function: expected callable, got int", f.call_many, 1, 1)
        counter = Counter([])
        self.fails(KeyError, "'mine'", counter.each, lambda _: broken(2))
        self.assertEqual(counter.increment(), 1)  # an exception poisons nothing
        self.assertRaises(KeyboardInterrupt, counter.each, self.interrupt)
        self.assertEqual(f.call_elsewhere(lambda value: f"{value}:{threading.get_ident() != ident}", 3), ["0:True", "1:True", "2:True"])
        self.fails(KeyError, "'mine'", f.call_elsewhere, lambda _: broken(2), 3)
        self.fails(TypeError, r"result of int\(\): expected str, got int", f.call_elsewhere, int, 1)

    def frames(self, function, *arguments):
        try:
            function(*arguments)
        except KeyError as error:
            self.assertEqual(error.args, ("mine",))
            return [frame.name for frame in traceback.extract_tb(error.__traceback__)]

    def interrupt(self, _):
        raise KeyboardInterrupt

    def test_iterators_out(self):
        self.assertEqual(list(f.evens(5)), [0, 2, 4, 6, 8])
        evens = f.evens(2)
        self.assertIs(iter(evens), evens)
        self.assertEqual((next(evens), next(evens), next(evens, None), next(evens, None)), (0, 2, None, None))
        self.assertEqual(list(f.locals(3)), [0, 3, 6])
        self.assertEqual(list(f.Ints(3)), [1000, 2000, 3000])
        self.assertEqual(list(f.mapped([1, 2], lambda value: value + 1)), [2, 3])
        broken = f.mapped([1, 0], lambda value: 1 // value)
        self.assertEqual(next(broken), 1)
        self.assertRaises(ZeroDivisionError, next, broken)
        self.assertIsNone(next(broken, None))
        again = f.mapped([1], lambda _: next(again))
        self.fails(RuntimeError, "iterator cannot be used while it is being changed", next, again)
        del again
        local = f.locals(3)
        caught = []
        in_thread(lambda: caught.append(self.assertRaises(RuntimeError, next, local)))
        self.assertEqual(len(caught), 1)
        self.assertEqual(next(local), 0)

    def test_views(self):
        before = f.living()
        counter = Counter(["a", "b"])
        view = iter(counter)
        self.assertEqual(next(view), "a")
        self.fails(RuntimeError, "Counter cannot be changed while it is in use", counter.increment)
        self.assertEqual(counter.count, 0)
        self.assertEqual(list(view), ["b"])
        counter.increment()
        view = iter(counter)
        del view
        counter.increment()
        view = iter(counter)
        del counter
        self.assertEqual(f.living(), before + 1)
        self.assertEqual(list(view), ["a", "b"])
        self.assertEqual(f.living(), before)

    def test_iterators_in(self):
        self.assertEqual(f.total([1, 2, 3]), 6)
        self.assertEqual(f.total(range(4)), 6)
        self.assertEqual(f.total(value for value in (1, 2)), 3)
        self.assertEqual(f.longest(iter(["a", "ccc", "".join(["d", "d"])])), 3)

        def broken():
            yield 1
            raise KeyError("mine")

        self.assertEqual(self.frames(f.total, broken()), ["frames", "broken"])
        self.fails(TypeError, r"total\(\): item\[1\]: expected int, got str", f.total, [1, "a"])
        self.fails(TypeError, r"total\(\): values: expected iterable, got int", f.total, 1)

    def test_enums(self):
        self.assertEqual([(color.name, color.value) for color in f.Color], [("Red", 1), ("Green", 2)])
        self.assertEqual((f.Color.__module__, f.Color.__doc__), ("ferrule_classes", "A color."))
        self.assertIs(f.Color.Red.other(), f.Color.Green)
        self.assertIs(f.Color.other(f.Color.Green), f.Color.Red)
        self.assertEqual(str(f.Color.Red), "Red!")
        self.assertTrue(issubclass(f.Level, enum.IntEnum))
        self.assertEqual((f.Level.Low, f.Level.High), (-1, 7))
        self.assertEqual(f.level(f.Level.Low), -1)
        self.fails(TypeError, r"level\(\): value: expected Level, got int", f.level, 7)
        self.fails(TypeError, r"level\(\): value: expected Level, got Color", f.level, f.Color.Red)
        self.assertIs(pickle.loads(pickle.dumps(f.Color.Red)), f.Color.Red)
        self.assertIs(copy.deepcopy(f.Color.Red), f.Color.Red)

    def test_data_enums(self):
        circle = Shape.Circle(2)
        self.assertEqual((Shape.Circle.__qualname__, Shape.Circle.__name__), ("Shape.Circle", "Circle"))
        self.assertIsInstance(circle, Shape)
        self.assertIs(type(Shape.unit()), Shape.Rect)
        self.assertEqual((circle.radius, circle.area(), Shape.Rect(2, 3).area(), Shape.Empty().area()), (2, 12, 6, 0))
        self.assertEqual(circle, Shape.Circle(radius=2.0))
        self.assertNotEqual(circle, Shape.Empty())
        self.assertEqual(repr(circle), "Circle { radius: 2.0 }")
        self.assertRaises(AttributeError, setattr, circle, "radius", 1)
        self.assertRaises(AttributeError, getattr, circle, "_0")
        self.assertEqual((Shape.Circle.__match_args__, Shape.Rect.__match_args__), (("radius",), ("_0", "_1")))
        self.assertEqual(Shape.ORIGIN, Shape.Rect(0, 0))
        circle.clear()
        self.assertIs(type(circle), Shape.Empty)
        self.assertEqual(circle, Shape.Empty())
        self.fails(RuntimeError, ".*ferrule_classes.Shape cannot be extended.*", type, "Sub", (Shape,), {})

    def test_objects(self):
        stack = Stack()
        for item in (3, "a", None, [1]):
            stack.push(item)
        self.assertEqual(len(stack), 4)
        self.assertEqual(repr(stack), "Stack { items: [3, 'a', None, [1]] }")
        self.assertTrue("a" in stack and None in stack and 4 not in stack)
        self.assertEqual((stack[0], stack[-1]), (3, [1]))
        self.fails(IndexError, "Stack index out of range", lambda: stack[4])
        self.fails(IndexError, "Stack index out of range", lambda: stack[-5])
        self.assertRaises(IndexError, lambda: stack[10**30])
        self.fails(TypeError, r"Stack.__getitem__\(\): key: expected int, got str", lambda: stack["a"])
        self.fails(TypeError, "unhashable type: 'list'|.*unhashable.*", stack.distinct)
        self.fails(TypeError, ".*not supported between.*", stack.sort)
        self.assertEqual(len(stack), 4)
        twin = copy.copy(stack)
        self.assertEqual(twin, stack)
        self.assertEqual(twin.pop(), [1])
        self.assertNotEqual(twin, stack)
        self.assertEqual(twin.distinct(), 3)
        mine = object()
        before = sys.getrefcount(mine)
        stack.push(mine)
        self.assertEqual(sys.getrefcount(mine), before + 1)
        self.assertIs(stack.pop(), mine)
        del stack
        self.assertEqual(sys.getrefcount(mine), before)
        numbers = Stack()
        for value in (3, 1, 2):
            numbers.push(value)
        numbers.sort()
        self.assertEqual([numbers.pop() for _ in range(4)], [3, 2, 1, None])

        class Evil:
            def __lt__(self, other):
                numbers.push(1)

        numbers.push(Evil())
        numbers.push(Evil())
        self.fails(RuntimeError, "Stack cannot be used while it is being changed", numbers.sort)
        self.assertEqual(len(numbers), 2)

    def test_threads(self):
        counter = Counter([])
        counter.slow(1)  # the gate learns that it is slow
        threads = [threading.Thread(target=counter.slow, args=(30,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(0.01)
        self.assertIn(counter.increment(), (2, 3, 4, 5))  # waits for whoever changes it now
        for thread in threads:
            thread.join()
        self.assertEqual(counter.count, 5)

    def test_not_send(self):
        local = f.Local(7)
        self.assertEqual(local.value, 7)
        caught = []

        def use():
            try:
                local.value
            except RuntimeError as error:
                caught.append(str(error))

        in_thread(use)
        self.assertEqual(caught, ["Local is not Send: it can be used only on the thread that made it"])
        told = []
        sys.unraisablehook, hook = (lambda info: told.append(str(info.exc_value))), sys.unraisablehook
        try:
            held = [local]
            del local
            in_thread(held.clear)
        finally:
            sys.unraisablehook = hook
        self.assertEqual(told, ["Local is not Send: it was made on another thread, and is leaked"])

    def test_drop_panics(self):
        counter = Counter([])
        counter.count = -1
        told = []
        sys.unraisablehook, hook = (lambda info: told.append(type(info.exc_value))), sys.unraisablehook
        try:
            del counter
        finally:
            sys.unraisablehook = hook
        self.assertEqual(told, [f.PanicError])

    def test_leaks(self):
        def everything():
            point = Point(1, 2)
            point.scale(2).distance(Point.origin())
            point.swap(Point(x=1, y=2))
            repr(point), hash(point), point == point, -point, point * 2
            counter = Counter(["a", "b"])
            counter.each(lambda value: value)
            for _ in counter:
                pass
            next(iter(counter))
            counter.names = ["c"]
            counter.into_count()
            for function in (counter.increment, lambda: counter.each(lambda _: 1 // 0), lambda: Point("a", 1), lambda: f.total([1, "a"]), lambda: f.total(1), Counter([]).explode):
                try:
                    function()
                except Exception:
                    pass
            list(f.evens(3)), list(f.Ints(3)), list(f.locals(2)), list(f.mapped([1], abs))
            f.call_many(abs, 3), f.call_elsewhere(str, 2)
            shape = Shape.Circle(1)
            shape.clear()
            Shape.unit().area(), Shape.Rect(1, 2)._0
            f.Color.Red.other(), f.level(f.Level.High)
            stack = Stack()
            stack.push([])
            stack.push(point)
            copy.copy(stack)
            stack[0], [] in stack, len(stack), repr(stack), stack.pop()
            f.shift([point], 1), f.centroid([point, point])

        for _ in range(20):
            everything()
        gc.collect()
        if hasattr(sys, "gettotalrefcount"):
            rounds = []
            for _ in range(4):
                before = sys.gettotalrefcount()
                for _ in range(50):
                    everything()
                gc.collect()
                rounds.append(sys.gettotalrefcount() - before)
            self.assertLess(min(map(abs, rounds)), 25, rounds)
        else:
            blocks = []
            for _ in range(4):
                before = sys.getallocatedblocks()
                for _ in range(50):
                    everything()
                gc.collect()
                blocks.append(sys.getallocatedblocks() - before)
            self.assertLess(min(map(abs, blocks)), 25, blocks)

    def test_exit(self):
        script = """
            import sys; sys.path.insert(0, sys.argv[1])
            import ferrule_classes as f, threading
            held = [f.Point(1, 2), f.Counter(["a"]), f.Shape.Circle(1), f.Stack(), f.evens(3), iter(f.Counter(["b"])), f.mapped([1], print), f.Local(1)]
            held[3].push(held)
            f.keep = held
            cycle = f.Stack(); cycle.push(cycle)
            class Last:
                def __del__(self, Point=f.Point): Point(1, 2).norm()
            f.last = Last()
            print("done")
        """
        self.assertEqual(run(script), ("done\n", ""))

    def test_subinterpreters(self):
        script = """
            import sys; path = sys.argv[1]; sys.path.insert(0, path)
            import ferrule_classes as f
            if sys.version_info >= (3, 14):
                import _interpreters
                create = lambda: _interpreters.create("isolated")
                execute = lambda one, code: _interpreters.exec(one, code)
                destroy = _interpreters.destroy
            elif sys.version_info >= (3, 13):
                import _interpreters
                create = lambda: _interpreters.create("isolated")
                execute = lambda one, code: _interpreters.exec(one, code)
                destroy = _interpreters.destroy
            else:
                import _xxsubinterpreters as _interpreters
                create, execute, destroy = _interpreters.create, _interpreters.run_string, _interpreters.destroy
            code = f'''
            import sys; sys.path.insert(0, {path!r})
            import ferrule_classes as f
            points = [f.Point(i, i) for i in range(100)]
            assert f.centroid(points) == f.Point(49.5, 49.5)
            assert list(f.evens(2)) == [0, 2] and f.Color.Red.other() is f.Color.Green and f.Shape.Circle(1).area() == 3
            stack = f.Stack(); stack.push(points); assert stack.pop() is points
            try:
                f.Counter([]).explode()
                assert False
            except f.PanicError:
                pass
            '''
            import textwrap
            for _ in range(3):
                one = create()
                failed = execute(one, textwrap.dedent(code))
                assert failed is None, failed
                destroy(one)
            assert f.Point(3, 4).norm() == 5
            print("done")
        """
        self.assertEqual(run(script), ("done\n", ""))


def run(script):
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script), DIRECTORY], capture_output=True, text=True, timeout=120)
    return done.stdout, done.stderr


def in_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


ident = threading.get_ident()

if __name__ == "__main__":
    unittest.main()
